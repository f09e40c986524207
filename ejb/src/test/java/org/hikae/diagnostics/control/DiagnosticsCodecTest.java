package org.hikae.diagnostics.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.diagnostics.control.DiagnosticsFixture.AT;
import static org.hikae.diagnostics.control.DiagnosticsFixture.WELL;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.diagnostics.wire.Diagnostics;
import org.hikae.diagnostics.wire.DiagnosticsProblem;
import org.hikae.diagnostics.wire.DiagnosticsRun;
import org.junit.jupiter.api.Test;

class DiagnosticsCodecTest {

  /** Of the column that keeps them. */
  private static final int COLUMN_CHARS = 16_000;

  private static final DiagnosticsRun RUN =
      new DiagnosticsRun(RunReport.Kind.VERIFY, AT, 7, RunResult.CORRUPT, "missing-objects");

  @Test
  void what_is_kept_is_what_came() {
    Diagnostics told =
        DiagnosticsFixture.with(
            Map.of(
                "runs",
                List.of(RUN, new DiagnosticsRun(RUN.kind(), AT, 0, RunResult.SUCCESS, null)),
                "problems",
                List.of(new DiagnosticsProblem("busy", AT))));
    assertThat(DiagnosticsCodec.parse(DiagnosticsCodec.text(told))).isEqualTo(told);
    assertThat(DiagnosticsCodec.parse(DiagnosticsCodec.text(WELL))).isEqualTo(WELL);
  }

  @Test
  void what_was_absent_stays_absent() {
    Map<String, Object> none = new HashMap<>();
    none.put("nextRunAt", null);
    none.put("clockOffsetSeconds", null);
    none.put("freeBytes", null);
    Diagnostics told = DiagnosticsFixture.with(none);
    String text = DiagnosticsCodec.text(told);
    assertThat(text).doesNotContain("null").doesNotContain("nextRunAt");
    assertThat(DiagnosticsCodec.parse(text)).isEqualTo(told);
  }

  @Test
  void the_largest_has_room_in_its_column() throws Exception {
    String quote = "\"";
    Map<String, Object> largest = new HashMap<>();
    largest.put("agentVersion", quote.repeat(50));
    largest.put("system", quote.repeat(40));
    largest.put("systemVersion", quote.repeat(80));
    largest.put("architecture", quote.repeat(20));
    largest.put("javaVersion", quote.repeat(40));
    largest.put("language", "l".repeat(20));
    largest.put("freeBytes", Long.MAX_VALUE);
    largest.put("clockOffsetSeconds", -4_000_000_000L);
    largest.put("folders", Diagnostics.MAX_FOLDERS);
    DiagnosticsRun run =
        new DiagnosticsRun(
            RunReport.Kind.RESTORE,
            AT.plusNanos(1_000),
            Long.MAX_VALUE,
            RunResult.CANCELLED,
            "p".repeat(64));
    largest.put("runs", IntStream.range(0, 20).mapToObj(_ -> run).toList());
    largest.put(
        "problems",
        IntStream.range(10, 30)
            .mapToObj(
                number -> new DiagnosticsProblem("p".repeat(62) + number, AT.plusNanos(1_000)))
            .toList());
    Diagnostics told = DiagnosticsFixture.with(largest);
    told.requireValid();
    assertThat(DiagnosticsCodec.text(told)).hasSizeLessThan(COLUMN_CHARS);
  }
}
