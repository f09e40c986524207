package org.hikae.diagnostics.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.diagnostics.view.LikelyCause;
import org.hikae.diagnostics.view.LikelyCauseKind;
import org.hikae.diagnostics.wire.Diagnostics;
import org.hikae.diagnostics.wire.DiagnosticsRun;
import org.hikae.policy.wire.AgentVersionOrder;

/**
 * What is likely to be wrong with a device, from what it said of itself alone. What was measured
 * comes before what may be meant so, as the order of {@link LikelyCauseKind} has it.
 */
public final class DiagnosticsCauses {

  /** Most causes that are named. */
  public static final int MOST = 5;

  /** A clock that is further off makes sign-ins and certificates invalid. */
  static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  /** Less space than this is hardly any: the agent keeps an index and unsent packs there. */
  static final long LITTLE_SPACE_BYTES = 1L << 30;

  /** Ends of runs that somebody should look at. */
  private static final Set<RunResult> FAILURES =
      EnumSet.of(
          RunResult.NETWORK,
          RunResult.REFUSED,
          RunResult.CORRUPT,
          RunResult.LOCKED,
          RunResult.LOCAL,
          RunResult.INTERNAL);

  private DiagnosticsCauses() {}

  /**
   * The causes, the most certain first, at most {@link #MOST}.
   *
   * @param portalVersion the portal's own version, which an up-to-date agent has too
   */
  public static List<LikelyCause> of(Diagnostics told, String portalVersion) {
    List<LikelyCause> causes = new ArrayList<>();
    Long freeBytes = told.freeBytes();
    if (freeBytes != null && freeBytes < LITTLE_SPACE_BYTES) {
      causes.add(new LikelyCause(LikelyCauseKind.SPACE, freeBytes, "", RunResult.LOCAL));
    }
    clock(told).ifPresent(causes::add);
    portal(told).ifPresent(causes::add);
    if (!told.signedIn()) {
      causes.add(plain(LikelyCauseKind.NOT_SIGNED_IN));
    }
    if (!told.hasKey()) {
      causes.add(new LikelyCause(LikelyCauseKind.NO_KEY, 0, "", RunResult.LOCKED));
    }
    if (told.paused()) {
      causes.add(plain(LikelyCauseKind.PAUSED));
    }
    if (!told.scheduled()) {
      causes.add(plain(LikelyCauseKind.NOT_SCHEDULED));
    }
    runs(told.runs()).ifPresent(causes::add);
    if (AgentVersionOrder.isOlder(told.agentVersion(), portalVersion)) {
      causes.add(new LikelyCause(LikelyCauseKind.AGENT_OLD, 0, portalVersion, null));
    }
    return causes.stream().sorted(Comparator.comparing(LikelyCause::kind)).limit(MOST).toList();
  }

  private static Optional<LikelyCause> clock(Diagnostics told) {
    Long offset = told.clockOffsetSeconds();
    if (offset == null || Math.abs(offset) <= CLOCK_TOLERANCE.toSeconds()) {
      return Optional.empty();
    }
    LikelyCauseKind kind = offset > 0 ? LikelyCauseKind.CLOCK_AHEAD : LikelyCauseKind.CLOCK_BEHIND;
    long minutes = Duration.ofSeconds(Math.abs(offset)).toMinutes();
    return Optional.of(new LikelyCause(kind, minutes, "", null));
  }

  private static Optional<LikelyCause> portal(Diagnostics told) {
    return switch (told.portal()) {
      case OK -> Optional.empty();
      case NO_ADDRESS -> Optional.of(plain(LikelyCauseKind.PORTAL_NO_ADDRESS));
      case NO_NAME -> network(LikelyCauseKind.PORTAL_NO_NAME);
      case REFUSED -> network(LikelyCauseKind.PORTAL_REFUSED);
      case TIMEOUT -> network(LikelyCauseKind.PORTAL_TIMEOUT);
      case CERTIFICATE -> network(LikelyCauseKind.PORTAL_CERTIFICATE);
      // Who is not signed in is told that, once.
      case SIGN_IN ->
          told.signedIn() ? Optional.of(plain(LikelyCauseKind.PORTAL_SIGN_IN)) : Optional.empty();
      case OTHER -> network(LikelyCauseKind.PORTAL_OTHER);
    };
  }

  /** How many runs in a row failed in the same manner, up to the newest that has ended. */
  private static Optional<LikelyCause> runs(List<DiagnosticsRun> told) {
    List<DiagnosticsRun> ended =
        told.stream()
            .filter(run -> run.result() != RunResult.RUNNING)
            .sorted(Comparator.comparing(DiagnosticsRun::startedAt).reversed())
            .toList();
    if (ended.isEmpty() || !FAILURES.contains(ended.getFirst().result())) {
      return Optional.empty();
    }
    DiagnosticsRun newest = ended.getFirst();
    long alike = ended.stream().takeWhile(run -> isSame(run, newest)).count();
    String problem = Objects.requireNonNullElse(newest.problem(), "");
    return Optional.of(
        new LikelyCause(LikelyCauseKind.RUNS_FAILED, alike, problem, newest.result()));
  }

  private static boolean isSame(DiagnosticsRun one, DiagnosticsRun other) {
    return one.result() == other.result() && Objects.equals(one.problem(), other.problem());
  }

  private static LikelyCause plain(LikelyCauseKind kind) {
    return new LikelyCause(kind, 0, "", null);
  }

  private static Optional<LikelyCause> network(LikelyCauseKind kind) {
    return Optional.of(new LikelyCause(kind, 0, "", RunResult.NETWORK));
  }
}
