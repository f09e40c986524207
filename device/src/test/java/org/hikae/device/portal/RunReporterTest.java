package org.hikae.device.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.run.RunTotals;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.RunReportSpool;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.testing.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a run, and that reports that waited go out with one and do not hold it up. */
class RunReporterTest {

  private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");
  private static final int REPORTS = 10;

  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock(NOON);
  private final List<Integer> refusals = new ArrayList<>();
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
    return reporter(Duration.ofDays(1));
  }

  private RunReporter reporter(Duration firstSign) {
    return new RunReporter(
        portal.client(),
        spool,
        RunReport.Kind.RESTORE,
        clock,
        new SecureRandom(),
        refusal -> refusals.add(refusal.status()),
        firstSign);
  }

  /** A run that ends before its first sign of life. */
  private void shortRun() {
    try (RunReporter reporter = reporter()) {
      reporter.start();
      assertThat(reporter.end(RunResult.SUCCESS, RunTotals.NONE)).isTrue();
    }
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
    shortRun();
    assertThat(spool.waiting()).isEmpty();
  }

  @Test
  void what_waited_is_told_before_the_run_that_is_newer() {
    List<String> sent = new CopyOnWriteArrayList<>();
    portal.misbehave(
        exchange -> {
          if (!exchange.getRequestURI().getPath().contains("/runs/")) {
            return false;
          }
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          sent.add(body.contains("\"NETWORK\"") ? "before" : "now");
          exchange.sendResponseHeaders(204, -1);
          return true;
        });
    try (RunReporter earlier = reporter()) {
      assertThat(earlier.end(RunResult.NETWORK, RunTotals.NONE)).isFalse();
    }
    shortRun();
    assertThat(sent).last().isEqualTo("now");
    assertThat(sent.getFirst()).isEqualTo("before");
  }

  /** HK1-S-22: also a report that an earlier version of the agent had kept. */
  @Test
  void what_waited_is_exact_here_and_rounded_when_it_is_sent() {
    List<String> sent = new CopyOnWriteArrayList<>();
    portal.misbehave(
        exchange -> {
          if (!exchange.getRequestURI().getPath().contains("/runs/")) {
            return false;
          }
          sent.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          return true;
        });
    RunTotals totals = new RunTotals(33, 0, 0, 0, 0, 0, 99_001, 99_001, 0, 70_001, 0);
    try (RunReporter earlier = reporter()) {
      assertThat(earlier.end(RunResult.NETWORK, totals)).isFalse();
    }
    assertThat(spool.waiting()).anyMatch(waiting -> waiting.report().bytesRead() == 99_001);
    shortRun();
    assertThat(sent)
        .anyMatch(
            body -> body.contains("\"filesDone\":36,") && body.contains("\"bytesRead\":106496,"))
        .noneMatch(body -> body.contains("99001") || body.contains("70001"));
  }

  @Test
  void a_portal_that_takes_each_late_keeps_no_run_waiting_for_all() {
    takesReportsAfter(Duration.ofSeconds(50));
    shortRun();
    assertThat(Duration.between(NOON, clock.instant())).isLessThan(Duration.ofMinutes(3));
    assertThat(spool.waiting()).hasSize(REPORTS - 2);
  }

  /** HK1-S-10: an end that the portal was told otherwise would be refused for ever. */
  @Test
  void an_end_that_the_portal_refuses_is_told_and_not_sent_again() {
    List<String> asked = refusesEnds();
    shortRun();
    assertThat(refusals).hasSize(REPORTS + 1).containsOnly(409);
    assertThat(spool.waiting()).isEmpty();
    int before = asked.size();
    shortRun();
    assertThat(asked).as("only its own end").hasSize(before + 1);
  }

  @Test
  void of_a_short_run_only_the_end_is_told_and_of_a_longer_one_that_it_is_at_work()
      throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    portal.misbehave(
        exchange -> {
          if (!exchange.getRequestURI().getPath().contains("/runs/")) {
            return false;
          }
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          return true;
        });
    shortRun();
    assertThat(told).hasSize(REPORTS + 1).noneMatch(body -> body.contains("\"RUNNING\""));
    told.clear();
    try (RunReporter longer = reporter(Duration.ZERO)) {
      longer.start();
      assertThat(told.poll(1, TimeUnit.MINUTES)).contains("\"RUNNING\"");
      assertThat(longer.end(RunResult.SUCCESS, RunTotals.NONE)).isTrue();
    }
    assertThat(told).singleElement().asString().contains("\"SUCCESS\"");
  }

  private List<String> refusesEnds() {
    List<String> asked = new CopyOnWriteArrayList<>();
    portal.misbehave(
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          if (!path.contains("/runs/")) {
            return false;
          }
          asked.add(path);
          byte[] body = exchange.getRequestBody().readAllBytes();
          if (new String(body, StandardCharsets.UTF_8).contains("\"RUNNING\"")) {
            exchange.sendResponseHeaders(204, -1);
          } else {
            FakePortal.refuse(exchange, ProblemCode.CONFLICT);
          }
          return true;
        });
    return asked;
  }
}
