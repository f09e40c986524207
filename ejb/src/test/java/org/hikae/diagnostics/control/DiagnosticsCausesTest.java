package org.hikae.diagnostics.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.diagnostics.control.DiagnosticsFixture.AT;
import static org.hikae.diagnostics.control.DiagnosticsFixture.WELL;
import static org.hikae.diagnostics.view.LikelyCauseKind.AGENT_OLD;
import static org.hikae.diagnostics.view.LikelyCauseKind.CLOCK_AHEAD;
import static org.hikae.diagnostics.view.LikelyCauseKind.CLOCK_BEHIND;
import static org.hikae.diagnostics.view.LikelyCauseKind.NOT_SCHEDULED;
import static org.hikae.diagnostics.view.LikelyCauseKind.NOT_SIGNED_IN;
import static org.hikae.diagnostics.view.LikelyCauseKind.NO_KEY;
import static org.hikae.diagnostics.view.LikelyCauseKind.PAUSED;
import static org.hikae.diagnostics.view.LikelyCauseKind.PORTAL_CERTIFICATE;
import static org.hikae.diagnostics.view.LikelyCauseKind.PORTAL_NO_ADDRESS;
import static org.hikae.diagnostics.view.LikelyCauseKind.PORTAL_NO_NAME;
import static org.hikae.diagnostics.view.LikelyCauseKind.PORTAL_OTHER;
import static org.hikae.diagnostics.view.LikelyCauseKind.PORTAL_REFUSED;
import static org.hikae.diagnostics.view.LikelyCauseKind.PORTAL_SIGN_IN;
import static org.hikae.diagnostics.view.LikelyCauseKind.PORTAL_TIMEOUT;
import static org.hikae.diagnostics.view.LikelyCauseKind.RUNS_FAILED;
import static org.hikae.diagnostics.view.LikelyCauseKind.SPACE;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.diagnostics.view.LikelyCause;
import org.hikae.diagnostics.view.LikelyCauseKind;
import org.hikae.diagnostics.wire.DiagnosticsRun;
import org.hikae.diagnostics.wire.PortalReach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosticsCausesTest {

  private static final String PORTAL = "1.1.0-SNAPSHOT";

  private static List<LikelyCause> of(Map<String, Object> others) {
    return DiagnosticsCauses.of(DiagnosticsFixture.with(others), PORTAL);
  }

  private static LikelyCause plain(LikelyCauseKind kind) {
    return new LikelyCause(kind, 0, "", null);
  }

  private static LikelyCause network(LikelyCauseKind kind) {
    return new LikelyCause(kind, 0, "", RunResult.NETWORK);
  }

  private static DiagnosticsRun run(Instant startedAt, RunResult result, String problem) {
    return new DiagnosticsRun(RunReport.Kind.BACKUP, startedAt, 5, result, problem);
  }

  private static LikelyCause failed(long runs, String problem, RunResult result) {
    return new LikelyCause(RUNS_FAILED, runs, problem, result);
  }

  static Stream<Arguments> single() {
    return Stream.of(
        Arguments.of(
            "freeBytes",
            (1L << 30) - 1,
            new LikelyCause(SPACE, (1L << 30) - 1, "", RunResult.LOCAL)),
        Arguments.of("clockOffsetSeconds", 301L, new LikelyCause(CLOCK_AHEAD, 5, "", null)),
        Arguments.of("clockOffsetSeconds", -7300L, new LikelyCause(CLOCK_BEHIND, 121, "", null)),
        Arguments.of("portal", PortalReach.NO_ADDRESS, plain(PORTAL_NO_ADDRESS)),
        Arguments.of("portal", PortalReach.NO_NAME, network(PORTAL_NO_NAME)),
        Arguments.of("portal", PortalReach.REFUSED, network(PORTAL_REFUSED)),
        Arguments.of("portal", PortalReach.TIMEOUT, network(PORTAL_TIMEOUT)),
        Arguments.of("portal", PortalReach.CERTIFICATE, network(PORTAL_CERTIFICATE)),
        Arguments.of("portal", PortalReach.SIGN_IN, plain(PORTAL_SIGN_IN)),
        Arguments.of("portal", PortalReach.OTHER, network(PORTAL_OTHER)),
        Arguments.of("signedIn", false, plain(NOT_SIGNED_IN)),
        Arguments.of("hasKey", false, new LikelyCause(NO_KEY, 0, "", RunResult.LOCKED)),
        Arguments.of("paused", true, plain(PAUSED)),
        Arguments.of("scheduled", false, plain(NOT_SCHEDULED)),
        Arguments.of("agentVersion", "1.0.9", new LikelyCause(AGENT_OLD, 0, PORTAL, null)),
        Arguments.of(
            "runs",
            List.of(
                run(AT, RunResult.REFUSED, "quota-exceeded"),
                run(AT.minusSeconds(1), RunResult.REFUSED, "quota-exceeded"),
                run(AT.minusSeconds(2), RunResult.REFUSED, "busy")),
            failed(2, "quota-exceeded", RunResult.REFUSED)),
        // The device's order is not relied on, and a run that is at work says nothing yet.
        Arguments.of(
            "runs",
            List.of(
                run(AT.minusSeconds(9), RunResult.SUCCESS, null),
                run(AT.minusSeconds(2), RunResult.LOCKED, null),
                run(AT, RunResult.RUNNING, null)),
            failed(1, "", RunResult.LOCKED)));
  }

  @ParameterizedTest
  @MethodSource("single")
  void each_sign_names_its_cause_and_nothing_else(
      String field, Object value, LikelyCause expected) {
    assertThat(of(Map.of(field, value))).containsExactly(expected);
  }

  /** So that a cause that is added has its line in the table. */
  @Test
  void the_table_has_every_cause() {
    Set<LikelyCauseKind> tried =
        single().map(row -> ((LikelyCause) row.get()[2]).kind()).collect(Collectors.toSet());
    assertThat(tried).isEqualTo(new HashSet<>(Arrays.asList(LikelyCauseKind.values())));
  }

  static Stream<Arguments> well() {
    return Stream.of(
        Arguments.of("freeBytes", 1L << 30),
        Arguments.of("clockOffsetSeconds", 300L),
        Arguments.of("clockOffsetSeconds", -300L),
        Arguments.of("agentVersion", "1.1.0"),
        Arguments.of("agentVersion", "2.0"),
        Arguments.of("runs", List.of(run(AT, RunResult.RUNNING, null))),
        Arguments.of("runs", List.of(run(AT, RunResult.PARTIAL, "files-left-out"))),
        Arguments.of("runs", List.of(run(AT, RunResult.CANCELLED, null))),
        Arguments.of(
            "runs",
            List.of(
                run(AT, RunResult.SUCCESS, null),
                run(AT.minusSeconds(1), RunResult.NETWORK, "no-answer"))));
  }

  @ParameterizedTest
  @MethodSource("well")
  void what_is_well_is_no_cause(String field, Object value) {
    assertThat(of(Map.of(field, value))).isEmpty();
  }

  @Test
  void a_clock_that_was_not_compared_is_no_cause() {
    assertThat(WELL.clockOffsetSeconds()).isNotNull();
    assertThat(of(Collections.singletonMap("clockOffsetSeconds", null))).isEmpty();
    assertThat(of(Collections.singletonMap("freeBytes", null))).isEmpty();
  }

  @Test
  void who_is_not_signed_in_is_told_that_once() {
    assertThat(of(Map.of("signedIn", false, "portal", PortalReach.SIGN_IN)))
        .containsExactly(plain(NOT_SIGNED_IN));
  }

  @Test
  void the_most_certain_come_first_and_there_are_five_at_most() {
    Map<String, Object> everything =
        Map.of(
            "runs",
            List.of(run(AT, RunResult.NETWORK, null)),
            "agentVersion",
            "0.9",
            "scheduled",
            false,
            "paused",
            true,
            "hasKey",
            false,
            "signedIn",
            false,
            "portal",
            PortalReach.OTHER,
            "clockOffsetSeconds",
            -4_000_000_000L,
            "freeBytes",
            0L);
    assertThat(of(everything))
        .extracting(LikelyCause::kind)
        .containsExactly(SPACE, CLOCK_BEHIND, NOT_SIGNED_IN, PORTAL_OTHER, NO_KEY);
  }
}
