package org.hikae.device.diagnostics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.hikae.diagnostics.wire.Diagnostics;
import org.hikae.diagnostics.wire.DiagnosticsProblem;
import org.hikae.diagnostics.wire.DiagnosticsRun;
import org.jspecify.annotations.Nullable;

/**
 * The last runs and problems of this device, newest first: kinds, times, results and stable codes,
 * never a name or a path. A value; what does not fit into diagnostics is left out when it is made,
 * because a file may hold anything.
 *
 * @param version of this form, 1
 * @param runs the last runs that ended
 * @param problems what went wrong last, each code once
 */
public record RunHistory(int version, List<DiagnosticsRun> runs, List<DiagnosticsProblem> problems) {

  /** The form this code writes. */
  static final int VERSION = 1;

  /** Of a device on which nothing has run. */
  public static final RunHistory NONE = new RunHistory(VERSION, List.of(), List.of());

  private static final Pattern CODE =
      Pattern.compile("[a-z0-9-]{1," + Diagnostics.MAX_CODE_CHARS + "}");
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  /** Keeps what is sound, and no more than fits. */
  public RunHistory {
    Set<String> codes = new HashSet<>();
    runs = kept(runs, RunHistory::isSound, Diagnostics.MAX_RUNS);
    problems =
        kept(problems, one -> isSound(one) && codes.add(one.code()), Diagnostics.MAX_PROBLEMS);
  }

  private static <T> List<T> kept(@Nullable List<T> all, Predicate<T> sound, int most) {
    return all == null ? List.of() : all.stream().filter(sound).limit(most).toList();
  }

  private static boolean isSound(@Nullable DiagnosticsRun run) {
    return run != null
        && run.kind() != null
        && run.result() != null
        && isSound(run.startedAt())
        && run.seconds() >= 0
        && (run.problem() == null || CODE.matcher(run.problem()).matches());
  }

  private static boolean isSound(@Nullable DiagnosticsProblem problem) {
    return problem != null
        && problem.code() != null
        && CODE.matcher(problem.code()).matches()
        && isSound(problem.lastAt());
  }

  /** Whether diagnostics may have this time. */
  public static boolean isSound(@Nullable Instant time) {
    return time != null && !time.isBefore(Instant.EPOCH) && time.isBefore(END);
  }

  /** The same after another run. */
  RunHistory with(DiagnosticsRun run) {
    List<DiagnosticsRun> all = new ArrayList<>(List.of(run));
    all.addAll(runs);
    return new RunHistory(VERSION, all, problems);
  }

  /** The same after a problem, also when it is not the first one of its kind. */
  RunHistory with(DiagnosticsProblem problem) {
    List<DiagnosticsProblem> all = new ArrayList<>(List.of(problem));
    all.addAll(problems);
    return new RunHistory(VERSION, runs, all);
  }
}
