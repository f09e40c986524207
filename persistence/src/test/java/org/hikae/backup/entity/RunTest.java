package org.hikae.backup.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import org.hikae.backup.value.ReportedRun;
import org.hikae.backup.value.RunFigures;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.junit.jupiter.api.Test;

/** HK1-S-10: what a report of a run may change. */
class RunTest {

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private static ReportedRun report(RunResult result, Instant end) {
    return new ReportedRun(
        RunReport.Kind.BACKUP, result, START, end, "1", new RunFigures(0, 0, 0, 0, 0, 0));
  }

  private static Run started() {
    return new Run("r", "d", 1, report(RunResult.RUNNING, null), START);
  }

  @Test
  void takes_heartbeats_until_it_ends_and_nothing_afterwards() {
    Run run = started();
    run.report(report(RunResult.RUNNING, null), START.plusSeconds(60));
    run.report(report(RunResult.PARTIAL, START.plusSeconds(90)), START.plusSeconds(91));
    assertThat(run.ended()).isTrue();
    assertThat(run.result()).isEqualTo(RunResult.PARTIAL);
    assertThatIllegalStateException()
        .isThrownBy(() -> run.report(report(RunResult.RUNNING, null), START.plusSeconds(120)));
  }

  @Test
  void knows_the_report_that_ended_it() {
    Run run = started();
    ReportedRun end = report(RunResult.SUCCESS, START.plusSeconds(90));
    assertThat(run.endedWith(end)).isFalse();
    run.report(end, START.plusSeconds(91));
    assertThat(run.endedWith(end)).isTrue();
    assertThat(run.endedWith(report(RunResult.PARTIAL, START.plusSeconds(90)))).isFalse();
    assertThat(run.endedWith(report(RunResult.SUCCESS, START.plusSeconds(91)))).isFalse();
    assertThat(run.endedWith(like(end, RunReport.Kind.RESTORE, "1", 0))).isFalse();
    assertThat(run.endedWith(like(end, RunReport.Kind.BACKUP, "2", 0))).isFalse();
    assertThat(run.endedWith(like(end, RunReport.Kind.BACKUP, "1", 7))).isFalse();
  }

  private static ReportedRun like(
      ReportedRun end, RunReport.Kind kind, String agentVersion, long filesDone) {
    return new ReportedRun(
        kind,
        end.result(),
        end.startedAt(),
        end.endedAt(),
        agentVersion,
        new RunFigures(filesDone, 0, 0, 0, 0, 0));
  }
}
