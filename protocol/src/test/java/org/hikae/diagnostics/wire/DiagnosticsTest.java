package org.hikae.diagnostics.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.hk1.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** HK1-R-17: the closed list and its bounds. */
class DiagnosticsTest {

  private static final Instant AT = Instant.parse("2026-12-02T09:00:00Z");
  private static final Instant TOO_LATE = Instant.parse("+10000-01-01T00:00:00Z");
  private static final Instant TOO_EARLY = Instant.parse("1969-12-31T23:59:59Z");

  private static final DiagnosticsRun RUN =
      new DiagnosticsRun(RunReport.Kind.BACKUP, AT, 12, RunResult.NETWORK, "vault-unavailable");

  private static final Diagnostics SOUND =
      new Diagnostics(
          Diagnostics.FORMAT,
          AT,
          "1.1.0",
          "Linux",
          "6.12.0-1-amd64",
          "amd64",
          "25.0.1",
          "ja",
          true,
          true,
          AT.plusSeconds(3600),
          false,
          true,
          true,
          1L << 40,
          -3L,
          PortalReach.OK,
          new DiagnosticsTools(true, false, true),
          2,
          List.of(RUN),
          List.of(new DiagnosticsProblem("vault-unavailable", AT)));

  static Stream<Arguments> sound() {
    return Stream.of(
        Arguments.of("madeAt", Instant.EPOCH),
        Arguments.of("madeAt", TOO_LATE.minusNanos(1)),
        Arguments.of("agentVersion", "a".repeat(50)),
        Arguments.of("system", " ~"),
        Arguments.of("system", "s".repeat(40)),
        Arguments.of("systemVersion", "v".repeat(80)),
        Arguments.of("architecture", "a".repeat(20)),
        Arguments.of("javaVersion", "j".repeat(40)),
        Arguments.of("language", "l".repeat(20)),
        Arguments.of("language", "zh-Hant-TW"),
        Arguments.of("nextRunAt", null),
        Arguments.of("freeBytes", null),
        Arguments.of("freeBytes", 0L),
        Arguments.of("freeBytes", Long.MAX_VALUE),
        Arguments.of("clockOffsetSeconds", null),
        Arguments.of("clockOffsetSeconds", 4_000_000_000L),
        Arguments.of("clockOffsetSeconds", -4_000_000_000L),
        Arguments.of("folders", 0),
        Arguments.of("folders", 1_000_000),
        Arguments.of("runs", List.of()),
        Arguments.of("runs", many(20, RUN)),
        Arguments.of("runs", List.of(run(AT, 0, "a".repeat(64)))),
        Arguments.of("runs", List.of(run(AT, Long.MAX_VALUE, null))),
        Arguments.of("problems", List.of()),
        Arguments.of("problems", problems(20)));
  }

  @ParameterizedTest
  @MethodSource("sound")
  void what_is_within_the_bounds_is_taken(String field, Object value) {
    assertThatCode(() -> with(field, value).requireValid()).doesNotThrowAnyException();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("format", 0, "format"),
        Arguments.of("format", 2, "format"),
        Arguments.of("madeAt", null, "madeAt"),
        Arguments.of("madeAt", TOO_EARLY, "madeAt"),
        Arguments.of("madeAt", TOO_LATE, "madeAt"),
        Arguments.of("agentVersion", null, "agentVersion"),
        Arguments.of("agentVersion", "", "agentVersion"),
        Arguments.of("agentVersion", "a".repeat(51), "agentVersion"),
        Arguments.of("system", "s".repeat(41), "system"),
        Arguments.of("system", "a\nb", "system"),
        Arguments.of("system", "a\u007f", "system"),
        Arguments.of("system", "\u202egnp", "system"),
        Arguments.of("systemVersion", "v".repeat(81), "systemVersion"),
        Arguments.of("architecture", "a".repeat(21), "architecture"),
        Arguments.of("javaVersion", "j".repeat(41), "javaVersion"),
        Arguments.of("language", "l".repeat(21), "language"),
        Arguments.of("language", "en_US", "language"),
        Arguments.of("language", null, "language"),
        Arguments.of("nextRunAt", TOO_LATE, "nextRunAt"),
        Arguments.of("freeBytes", -1L, "freeBytes"),
        Arguments.of("clockOffsetSeconds", 4_000_000_001L, "clockOffsetSeconds"),
        Arguments.of("clockOffsetSeconds", -4_000_000_001L, "clockOffsetSeconds"),
        Arguments.of("portal", null, "portal"),
        Arguments.of("tools", null, "tools"),
        Arguments.of("folders", -1, "folders"),
        Arguments.of("folders", 1_000_001, "folders"));
  }

  static Stream<Arguments> refusedLists() {
    return Stream.of(
        Arguments.of("runs", null, "runs"),
        Arguments.of("runs", Arrays.asList((DiagnosticsRun) null), "runs"),
        Arguments.of("runs", many(21, RUN), "runs"),
        Arguments.of("runs", List.of(run(TOO_LATE, 1, null)), "startedAt"),
        Arguments.of("runs", List.of(run(AT, -1, null)), "seconds"),
        Arguments.of("runs", List.of(run(AT, 1, "")), "problem"),
        Arguments.of("runs", List.of(run(AT, 1, "a".repeat(65))), "problem"),
        Arguments.of("runs", List.of(run(AT, 1, "/home/a")), "problem"),
        Arguments.of(
            "runs", List.of(new DiagnosticsRun(null, AT, 1, RunResult.LOCAL, null)), "kind"),
        Arguments.of(
            "runs",
            List.of(new DiagnosticsRun(RunReport.Kind.VERIFY, AT, 1, null, null)),
            "result"),
        Arguments.of("problems", null, "problems"),
        Arguments.of("problems", Arrays.asList((DiagnosticsProblem) null), "problems"),
        Arguments.of("problems", problems(21), "problems"),
        Arguments.of("problems", many(2, new DiagnosticsProblem("busy", AT)), "problems"),
        Arguments.of("problems", List.of(new DiagnosticsProblem("Busy", AT)), "code"),
        Arguments.of("problems", List.of(new DiagnosticsProblem("busy\n", AT)), "code"),
        Arguments.of("problems", List.of(new DiagnosticsProblem("busy", TOO_EARLY)), "lastAt"));
  }

  @ParameterizedTest
  @MethodSource({"refused", "refusedLists"})
  void what_is_not_is_refused_by_its_name(String field, Object value, String named) {
    assertThatThrownBy(() -> with(field, value).requireValid())
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(named + " ");
  }

  /** The answer must not become a place where a text of the client stands. */
  @Test
  void what_is_refused_is_not_repeated() {
    assertThatThrownBy(() -> with("language", "s3cret_word").requireValid())
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, 40, Linux",
    "'', 40, ?",
    ", 40, ?",
    "abcdef, 3, abc",
    "'Win\tdows 日本', 40, Win?dows ??",
    "'\uD83D\uDE00x', 1, ?"
  })
  void a_text_of_the_system_is_made_to_fit(String text, int maxChars, String fitting) {
    assertThat(Diagnostics.printable(text, maxChars)).isEqualTo(fitting);
  }

  private static DiagnosticsRun run(Instant startedAt, long seconds, String problem) {
    return new DiagnosticsRun(
        RunReport.Kind.BACKUP, startedAt, seconds, RunResult.NETWORK, problem);
  }

  private static <T> List<T> many(int count, T one) {
    return IntStream.range(0, count).mapToObj(_ -> one).toList();
  }

  private static List<DiagnosticsProblem> problems(int count) {
    return IntStream.range(0, count)
        .mapToObj(index -> new DiagnosticsProblem("problem-" + index, AT))
        .toList();
  }

  /** The sound ones with another value of one component. */
  private static Diagnostics with(String field, Object value) throws ReflectiveOperationException {
    List<Class<?>> types = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : Diagnostics.class.getRecordComponents()) {
      types.add(component.getType());
      values.add(component.getName().equals(field) ? value : component.getAccessor().invoke(SOUND));
    }
    return Diagnostics.class
        .getDeclaredConstructor(types.toArray(Class<?>[]::new))
        .newInstance(values.toArray());
  }
}
