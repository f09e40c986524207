package org.hikae.backup.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.hikae.backup.value.ReportedRun;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.problem.control.Refusal;
import org.junit.jupiter.api.Test;

/** What commits and reports must look like. */
class RequestParsersTest {

  private static final String DEVICE = "0d".repeat(16);
  private static final String SET = "5e".repeat(16);
  private static final String A = "aa".repeat(32);
  private static final String B = "bb".repeat(32);
  private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05.123456Z");

  private static CommitSnapshot commit(List<String> added, List<String> removed) {
    return new CommitSnapshot(SET, 1, 2, A, B, A, added, removed, 3, 4);
  }

  private static void refused(CommitSnapshot commit) {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> CommitParser.of(commit, DEVICE));
  }

  @Test
  void reads_a_commit_for_the_device_of_the_session() throws MalformedException {
    CommitParser form = CommitParser.of(commit(List.of(A), List.of(B)), DEVICE);
    assertThat(form.deviceId()).isEqualTo(DEVICE);
    assertThat(form.stub().sequence()).isEqualTo(2);
    assertThat(form.added()).containsExactly(Hash256.parse(A));
    assertThat(form.removed()).containsExactly(Hash256.parse(B));
    assertThat(form.needed()).containsExactly(Hash256.parse(A), Hash256.parse(B));
  }

  @Test
  void refuses_names_that_are_malformed_repeated_or_on_both_sides() {
    refused(commit(List.of("x"), List.of()));
    refused(commit(List.of(A.toUpperCase(java.util.Locale.ROOT)), List.of()));
    refused(commit(List.of(A, A), List.of()));
    refused(commit(List.of(), List.of(B, B)));
    refused(commit(List.of(A), List.of(A)));
    refused(commit(Collections.singletonList(null), List.of()));
  }

  @Test
  void a_commit_has_at_most_so_many_names_together() {
    int half = CommitSnapshot.MAX_NAMES / 2;
    CommitSnapshot most = commit(Collections.nCopies(half, A), Collections.nCopies(half, B));
    CommitSnapshot more = commit(Collections.nCopies(half, A), Collections.nCopies(half + 1, B));
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> CommitParser.of(most, DEVICE))
        .withMessageContaining("each object once");
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> CommitParser.of(more, DEVICE))
        .withMessageContaining("names together");
  }

  @Test
  void reads_the_smallest_and_the_largest_numbers() throws MalformedException {
    String zero = Hash256.ZERO.hex();
    CommitSnapshot first =
        new CommitSnapshot(SET, 0xffff_ffffL, 1, zero, B, A, List.of(), List.of(), 0, 0);
    CommitParser form = CommitParser.of(first, DEVICE);
    assertThat(form.stub().generation()).isEqualTo(0xffff_ffffL);
    assertThat(form.stub().sequence()).isEqualTo(1);
    assertThat(form.files()).isZero();
  }

  @Test
  void refuses_what_is_missing() {
    for (CommitSnapshot wrong :
        List.of(
            new CommitSnapshot(null, 1, 2, A, B, A, List.of(), List.of(), 0, 0),
            new CommitSnapshot(SET, 1, 2, null, B, A, List.of(), List.of(), 0, 0),
            new CommitSnapshot(SET, 1, 2, A, null, A, List.of(), List.of(), 0, 0),
            new CommitSnapshot(SET, 1, 2, A, B, null, List.of(), List.of(), 0, 0),
            new CommitSnapshot(SET, 1, 2, A, B, A, null, List.of(), 0, 0),
            new CommitSnapshot(SET, 1, 2, A, B, A, List.of(), null, 0, 0))) {
      assertThatExceptionOfType(MalformedException.class)
          .isThrownBy(() -> CommitParser.of(wrong, DEVICE))
          .withMessageContaining("is missing");
    }
  }

  @Test
  void identifiers_and_names_are_read_as_they_come() {
    assertThat(BackupRequestFields.id("setId", SET)).isEqualTo(SET);
    assertThat(BackupRequestFields.nameOf(A).hex()).isEqualTo(A);
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> BackupRequestFields.id("setId", A))
        .withMessageContaining("setId");
    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> BackupRequestFields.nameOf(SET));
  }

  @Test
  void refuses_numbers_and_hashes_out_of_place() {
    String zero = Hash256.ZERO.hex();
    refused(new CommitSnapshot(SET, 0, 2, A, B, A, List.of(), List.of(), 0, 0));
    refused(new CommitSnapshot(SET, 1L << 32, 2, A, B, A, List.of(), List.of(), 0, 0));
    refused(new CommitSnapshot(SET, 1, 0, zero, B, A, List.of(), List.of(), 0, 0));
    refused(new CommitSnapshot(SET, 1, 0, A, B, A, List.of(), List.of(), 0, 0));
    refused(new CommitSnapshot(SET, 1, 1, A, B, A, List.of(), List.of(), 0, 0));
    refused(new CommitSnapshot(SET, 1, 2, zero, B, A, List.of(), List.of(), 0, 0));
    refused(new CommitSnapshot(SET, 1, 2, A, B, A, List.of(), List.of(), -1, 0));
    refused(new CommitSnapshot(SET, 1, 2, A, B, A, List.of(), List.of(), 0, -1));
    refused(new CommitSnapshot("5e", 1, 2, A, B, A, List.of(), List.of(), 0, 0));
    refused(new CommitSnapshot(SET, 1, 2, A, "", A, List.of(), List.of(), 0, 0));
  }

  private static RunReport report(RunResult result, Instant end, String version, long files) {
    return new RunReport(
        RunReport.Kind.BACKUP, result, STARTED, end, version, files, 0, 0, 0, 0, 0, null);
  }

  @Test
  void reads_reports() throws MalformedException {
    ReportedRun report = RunReportParser.of(report(RunResult.RUNNING, null, "1", 5));
    assertThat(report.startedAt()).isEqualTo(STARTED);
    assertThat(report.endedAt()).isNull();
    assertThat(report.figures().filesDone()).isEqualTo(5);
    Instant end = STARTED.plusSeconds(1);
    assertThat(RunReportParser.of(report(RunResult.SUCCESS, end, "1".repeat(50), 0)).endedAt())
        .isEqualTo(end);
  }

  @Test
  void refuses_reports_that_cannot_be() {
    Instant end = STARTED.plusSeconds(1);
    for (RunReport wrong :
        List.of(
            report(RunResult.RUNNING, end, "1", 0),
            report(RunResult.SUCCESS, null, "1", 0),
            report(RunResult.SUCCESS, end, "1".repeat(51), 0),
            report(RunResult.SUCCESS, end, null, 0),
            report(null, end, "1", 0),
            new RunReport(null, RunResult.SUCCESS, STARTED, end, "1", 0, 0, 0, 0, 0, 0, null),
            new RunReport(
                RunReport.Kind.BACKUP, RunResult.SUCCESS, null, end, "1", 0, 0, 0, 0, 0, 0, null),
            report(RunResult.SUCCESS, end, "1", -1))) {
      assertThatExceptionOfType(MalformedException.class)
          .isThrownBy(() -> RunReportParser.of(wrong));
    }
  }
}
