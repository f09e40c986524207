package org.hikae.device.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.state.AgentHome;
import org.hikae.diagnostics.wire.Diagnostics;
import org.hikae.diagnostics.wire.DiagnosticsProblem;
import org.hikae.diagnostics.wire.DiagnosticsRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device remembers of its runs. */
class RunHistoryStoreTest {

  private static final Instant START = Instant.parse("2026-03-04T05:06:07.891Z");
  private static final Instant SECOND = Instant.parse("2026-03-04T05:06:07Z");

  @TempDir private Path folder;
  private RunHistoryStore store;

  @BeforeEach
  void make() {
    store = new RunHistoryStore(new AgentHome(folder));
  }

  private Path file() {
    return folder.resolve("last-runs");
  }

  private void ran(Instant startedAt) {
    store.ended(
        RunReport.Kind.BACKUP, startedAt, Duration.ofMillis(61_900), RunResult.SUCCESS, null);
  }

  @Test
  void keeps_the_newest_runs_first_to_the_second() {
    ran(START);
    store.ended(
        RunReport.Kind.RESTORE,
        START.plusSeconds(100),
        Duration.ofSeconds(-5),
        RunResult.REFUSED,
        "problem.quota-exceeded");
    assertThat(store.read().runs())
        .containsExactly(
            new DiagnosticsRun(
                RunReport.Kind.RESTORE,
                SECOND.plusSeconds(100),
                0,
                RunResult.REFUSED,
                "quota-exceeded"),
            new DiagnosticsRun(RunReport.Kind.BACKUP, SECOND, 61, RunResult.SUCCESS, null));
  }

  @Test
  void keeps_no_more_than_diagnostics_hold_and_each_problem_once() {
    for (int i = 0; i < 30; i++) {
      ran(START.plusSeconds(i));
      store.failed("network.some-" + i, START.plusSeconds(i));
    }
    store.failed("network.some-15", START.plusSeconds(40));
    RunHistory kept = store.read();
    assertThat(kept.runs()).hasSize(Diagnostics.MAX_RUNS);
    assertThat(kept.runs().getFirst().startedAt()).isEqualTo(SECOND.plusSeconds(29));
    assertThat(kept.problems()).hasSize(Diagnostics.MAX_PROBLEMS);
    assertThat(kept.problems().getFirst())
        .isEqualTo(new DiagnosticsProblem("network-some-15", SECOND.plusSeconds(40)));
    assertThat(kept.problems())
        .filteredOn(problem -> problem.code().equals("network-some-15"))
        .hasSize(1);
  }

  @Test
  void the_file_is_for_its_owner_alone_and_the_only_one() throws Exception {
    ran(START);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file());
    }
    store.forget();
    assertThat(file()).doesNotExist();
    assertThat(store.read()).isEqualTo(RunHistory.NONE);
  }

  @Test
  void without_the_folder_nothing_is_kept_and_nothing_fails() {
    Path missing = folder.resolve("missing");
    RunHistoryStore nowhere = new RunHistoryStore(new AgentHome(missing));
    nowhere.failed("local", START);
    assertThat(missing).doesNotExist();
    assertThat(nowhere.read()).isEqualTo(RunHistory.NONE);
  }

  @Test
  void where_it_cannot_be_written_nothing_fails() throws Exception {
    Files.createDirectories(file().resolve("not-empty"));
    ran(START);
    assertThat(store.read()).isEqualTo(RunHistory.NONE);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file());
    }
  }

  /** As a person, or another program of theirs, may have left it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\0\u00ff",
        "run",
        "{\"runs\":[]}",
        "run ERASE 1772600767 1 SUCCESS -",
        "run BACKUP 1772600767 1 success -",
        "run BACKUP 99999999999999999999 1 SUCCESS -",
        "run BACKUP 9999999999999999 1 SUCCESS -",
        "run BACKUP -1 1 SUCCESS -",
        "run BACKUP 1772600767 -1 SUCCESS -",
        "run BACKUP 1772600767 1 LOCAL /home/ann/Secret",
        "run BACKUP 1772600767 1 LOCAL a b",
        "problem 1772600767 Ann",
        "problem 1772600767 ",
        "problem soon disk-full",
      })
  void what_it_has_not_written_is_passed_over(String line) throws Exception {
    Files.writeString(file(), line);
    assertThat(store.read()).isEqualTo(RunHistory.NONE);
    Files.writeString(
        file(), line + "\nrun VERIFY 1772600767 2 CORRUPT -\nproblem 1772600767 disk-full\n");
    RunHistory rest =
        new RunHistory(
            List.of(new DiagnosticsRun(RunReport.Kind.VERIFY, SECOND, 2, RunResult.CORRUPT, null)),
            List.of(new DiagnosticsProblem("disk-full", SECOND)));
    assertThat(store.read()).isEqualTo(rest);
    ran(START);
    assertThat(store.read().runs()).hasSize(2);
    assertThat(file()).content().doesNotContain("Ann", "Secret", "ERASE");
  }

  @Test
  void a_problem_that_stands_twice_is_one() throws Exception {
    Files.writeString(file(), "problem 1772600767 disk-full\nproblem 1772600700 disk-full\n");
    assertThat(store.read().problems())
        .containsExactly(new DiagnosticsProblem("disk-full", SECOND));
  }

  @Test
  void a_file_that_is_too_large_is_not_read() throws Exception {
    Files.writeString(file(), "problem 1772600767 disk-full\n" + " ".repeat(70_000));
    assertThat(store.read()).isEqualTo(RunHistory.NONE);
  }

  @Test
  void a_code_has_neither_capitals_nor_dots_and_is_the_portals_where_it_refused() {
    assertThat(RunHistoryStore.code("store.NETWORK")).isEqualTo("store-network");
    assertThat(RunHistoryStore.code("problem.busy")).isEqualTo("busy");
    assertThat(RunHistoryStore.code("problem.internal")).isEqualTo("internal");
    assertThat(RunHistoryStore.code("internal")).isEqualTo("agent-internal");
    assertThat(RunHistoryStore.code("x".repeat(100))).hasSize(Diagnostics.MAX_CODE_CHARS);
  }
}
