package org.hikae.diagnostics.wire;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hikae.hk1.MalformedException;
import org.jspecify.annotations.Nullable;

/** The bounds of diagnostics. What is refused is named by its field, and never repeated. */
final class DiagnosticsCheck {

  private static final Pattern CODE =
      Pattern.compile("[a-z0-9-]{1," + Diagnostics.MAX_CODE_CHARS + "}");

  private static final Pattern LANGUAGE =
      Pattern.compile("[A-Za-z0-9-]{1," + Diagnostics.MAX_LANGUAGE_CHARS + "}");

  /** Times that JSON may have in requests; the end is exclusive. */
  private static final Instant BEGINNING = Instant.EPOCH;

  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private DiagnosticsCheck() {}

  static void check(Diagnostics told) throws MalformedException {
    if (told.format() != Diagnostics.FORMAT) {
      throw new MalformedException("format must be " + Diagnostics.FORMAT + ".");
    }
    requireTime("madeAt", told.madeAt());
    requireText("agentVersion", told.agentVersion(), Diagnostics.MAX_AGENT_VERSION_CHARS);
    requireText("system", told.system(), Diagnostics.MAX_SYSTEM_CHARS);
    requireText("systemVersion", told.systemVersion(), Diagnostics.MAX_SYSTEM_VERSION_CHARS);
    requireText("architecture", told.architecture(), Diagnostics.MAX_ARCHITECTURE_CHARS);
    requireText("javaVersion", told.javaVersion(), Diagnostics.MAX_JAVA_VERSION_CHARS);
    requirePattern("language", told.language(), LANGUAGE);
    if (told.nextRunAt() != null) {
      requireTime("nextRunAt", told.nextRunAt());
    }
    if (told.freeBytes() != null) {
      requireBetween("freeBytes", told.freeBytes(), 0, Long.MAX_VALUE);
    }
    if (told.clockOffsetSeconds() != null) {
      long most = Diagnostics.MAX_CLOCK_OFFSET_SECONDS;
      requireBetween("clockOffsetSeconds", told.clockOffsetSeconds(), -most, most);
    }
    require("portal", told.portal());
    require("tools", told.tools());
    requireBetween("folders", told.folders(), 0, Diagnostics.MAX_FOLDERS);
    requireRuns(told);
    requireProblems(told);
  }

  private static void requireRuns(Diagnostics told) throws MalformedException {
    require("runs", told.runs());
    if (told.runs().size() > Diagnostics.MAX_RUNS) {
      throw new MalformedException("runs may have at most " + Diagnostics.MAX_RUNS + ".");
    }
    for (DiagnosticsRun run : told.runs()) {
      require("runs", run);
      require("kind", run.kind());
      requireTime("startedAt", run.startedAt());
      requireBetween("seconds", run.seconds(), 0, Long.MAX_VALUE);
      require("result", run.result());
      if (run.problem() != null) {
        requirePattern("problem", run.problem(), CODE);
      }
    }
  }

  private static void requireProblems(Diagnostics told) throws MalformedException {
    require("problems", told.problems());
    if (told.problems().size() > Diagnostics.MAX_PROBLEMS) {
      throw new MalformedException("problems may have at most " + Diagnostics.MAX_PROBLEMS + ".");
    }
    Set<String> codes = new HashSet<>();
    for (DiagnosticsProblem problem : told.problems()) {
      require("problems", problem);
      requirePattern("code", problem.code(), CODE);
      requireTime("lastAt", problem.lastAt());
      if (!codes.add(problem.code())) {
        throw new MalformedException("problems must have each code once.");
      }
    }
  }

  static String printable(@Nullable String text, int maxChars) {
    if (text == null || text.isEmpty()) {
      return "?";
    }
    return text.codePoints()
        .limit(maxChars)
        .mapToObj(one -> isPrintable(one) ? Character.toString(one) : "?")
        .collect(Collectors.joining());
  }

  private static boolean isPrintable(int character) {
    return character >= ' ' && character <= '~';
  }

  private static void require(String field, @Nullable Object value) throws MalformedException {
    if (value == null) {
      throw new MalformedException(field + " is missing.");
    }
  }

  private static void requireText(String field, @Nullable String text, int maxChars)
      throws MalformedException {
    if (text == null) {
      throw new MalformedException(field + " is missing.");
    }
    if (text.isEmpty()
        || text.length() > maxChars
        || !text.codePoints().allMatch(DiagnosticsCheck::isPrintable)) {
      throw new MalformedException(
          field + " must have 1 to " + maxChars + " characters of printable ASCII.");
    }
  }

  private static void requirePattern(String field, @Nullable String text, Pattern form)
      throws MalformedException {
    if (text == null) {
      throw new MalformedException(field + " is missing.");
    }
    if (!form.matcher(text).matches()) {
      throw new MalformedException(field + " must be of the form " + form.pattern() + ".");
    }
  }

  private static void requireTime(String field, @Nullable Instant time) throws MalformedException {
    if (time == null) {
      throw new MalformedException(field + " is missing.");
    }
    if (time.isBefore(BEGINNING) || !time.isBefore(END)) {
      throw new MalformedException(field + " must be " + Diagnostics.TIME + ".");
    }
  }

  private static void requireBetween(String field, long value, long least, long most)
      throws MalformedException {
    if (value < least || value > most) {
      throw new MalformedException(field + " must be from " + least + " to " + most + ".");
    }
  }
}
