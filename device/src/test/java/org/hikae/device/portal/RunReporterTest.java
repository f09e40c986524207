package org.hikae.device.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.run.RunTotals;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.RunReportSpool;
import org.hikae.testing.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports that waited go out before a run, and do not keep it waiting. */
class RunReporterTest {

  private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");
  private static final int REPORTS = 10;

  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock(NOON);
  private FakePortal portal;
  private RunReportSpool spool;

  @BeforeEach
  void start() throws Exception {
    portal = new FakePortal();
    spool = new RunReportSpool(AgentHome.of(Map.of(), folder.toString()));
    for (int i = 0; i < REPORTS; i++) {
      try (RunReporter earlier = reporter()) {
        assertThat(earlier.end(RunResult.NETWORK, RunTotals.NONE)).isFalse();
      }
    }
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  private RunReporter reporter() {
    return new RunReporter(
        portal.client(), spool, RunReport.Kind.RESTORE, clock, new SecureRandom());
  }

  private void takesReportsAfter(Duration time) {
    portal.misbehave(
        exchange -> {
          if (!exchange.getRequestURI().getPath().contains("/runs/")) {
            return false;
          }
          clock.advance(time);
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(204, -1);
          return true;
        });
  }

  @Test
  void all_that_waited_are_sent() {
    takesReportsAfter(Duration.ofSeconds(1));
    try (RunReporter reporter = reporter()) {
      reporter.start();
    }
    assertThat(spool.waiting()).isEmpty();
  }

  @Test
  void a_portal_that_takes_each_late_keeps_no_run_waiting_for_all() {
    takesReportsAfter(Duration.ofSeconds(50));
    try (RunReporter reporter = reporter()) {
      reporter.start();
    }
    assertThat(Duration.between(NOON, clock.instant())).isLessThan(Duration.ofMinutes(3));
    assertThat(spool.waiting()).hasSize(REPORTS - 2);
  }
}
