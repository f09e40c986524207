package org.hikae.device.diagnostics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.hikae.diagnostics.wire.Diagnostics;
import org.hikae.diagnostics.wire.DiagnosticsProblem;
import org.hikae.diagnostics.wire.DiagnosticsRun;

/**
 * The last runs and problems of this device, newest first: kinds, times, results and stable codes,
 * never a name or a path. A value; what does not fit into diagnostics is left out when it is made,
 * because a file may hold anything.
 *
 * @param runs the last runs that ended
 * @param problems what went wrong last, each code once
 */
public record RunHistory(List<DiagnosticsRun> runs, List<DiagnosticsProblem> problems) {

  /** Of a device on which nothing has run. */
  public static final RunHistory NONE = new RunHistory(List.of(), List.of());

  private static final Pattern CODE =
      Pattern.compile("[a-z0-9-]{1," + Diagnostics.MAX_CODE_CHARS + "}");
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  /** Keeps what is sound, and no more than fits. */
  public RunHistory {
    Set<String> codes = new HashSet<>();
    runs = runs.stream().filter(RunHistory::isSound).limit(Diagnostics.MAX_RUNS).toList();
    problems =
        problems.stream()
            .filter(one -> isSound(one) && codes.add(one.code()))
            .limit(Diagnostics.MAX_PROBLEMS)
            .toList();
  }

  private static boolean isSound(DiagnosticsRun run) {
    return isInRange(run.startedAt())
        && run.seconds() >= 0
        && (run.problem() == null || CODE.matcher(run.problem()).matches());
  }

  private static boolean isSound(DiagnosticsProblem problem) {
    return isInRange(problem.lastAt()) && CODE.matcher(problem.code()).matches();
  }

  /** Whether diagnostics may have this time. */
  public static boolean isInRange(Instant time) {
    return !time.isBefore(Instant.EPOCH) && time.isBefore(END);
  }

  /** The same after another run. */
  RunHistory with(DiagnosticsRun run) {
    List<DiagnosticsRun> all = new ArrayList<>(List.of(run));
    all.addAll(runs);
    return new RunHistory(all, problems);
  }

  /** The same after a problem, also when it is not the first one of its kind. */
  RunHistory with(DiagnosticsProblem problem) {
    List<DiagnosticsProblem> all = new ArrayList<>(List.of(problem));
    all.addAll(problems);
    return new RunHistory(runs, all);
  }
}
