package org.hikae.problem.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HK1-N-01: one form of an instant. */
class InstantParserTest {

  @Test
  void reads_times_to_the_microsecond() {
    assertThat(InstantParser.parse("from", "2026-11-26T15:00:00.123456789Z"))
        .isEqualTo(Instant.parse("2026-11-26T15:00:00.123456Z"));
    assertThat(InstantParser.parse("from", "1970-01-01T00:00:00Z")).isEqualTo(InstantParser.FIRST);
    assertThat(InstantParser.parse("from", "9999-12-31T23:59:59.999999999Z"))
        .isEqualTo(InstantParser.LAST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "2026-11-26",
        "1969-12-31T23:59:59Z",
        "0000-01-01T00:00:00Z",
        "-4713-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z",
        "+294277-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59.999999999Z",
        "-1000000000-01-01T00:00:00Z",
        "\uff12\uff10\uff12\uff16-11-26T15:00:00Z",
        "2026-11-26T15:00:00Z\u0000",
        "2026-11-26T15:00:00Z\n",
        "2026-11-26T15:00:00+09:00",
        "2026-11-26T15:00:00+00:00",
        "2026-11-26t15:00:00z",
        "2026-11-26T15:00:00.Z",
        "2026-11-26T15:00:00,5Z",
        "2026-11-26T15:00:00.1234567890Z",
        "2026-11-26T15:00Z",
        "2026-11-26T24:00:00Z",
        "2026-11-26T23:59:60Z",
        "2026-02-30T00:00:00Z",
        "2026-11-26T15:00:00.0000000000000000000000000000000000000000000000000Z",
      })
  void refuses_everything_else(String text) {
    assertThat(InstantParser.read(text)).isEmpty();
    assertThatThrownBy(() -> InstantParser.parse("from", text))
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> {
              assertThat(r.code()).isEqualTo(ProblemCode.MALFORMED);
              assertThat(r.reason()).startsWith("from must be a time");
            });
  }
}
