package org.hikae.enrollment.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.hikae.problem.control.Refusal;
import org.junit.jupiter.api.Test;

/** What devices and pages send as text has its bounds. */
class EnrollmentRequestFieldsTest {

  @Test
  void a_text_has_one_line_that_says_something() {
    for (String right : List.of("a", " a", "abcde", "佐藤の端末")) {
      assertThat(EnrollmentRequestFields.text("name", right, 5)).isEqualTo(right);
    }
    for (String wrong : List.of("", " ", "abcdef", "a\nb", "a\u0000")) {
      assertThatThrownBy(() -> EnrollmentRequestFields.text("name", wrong, 5))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("name must have 1 to 5 characters");
    }
  }

  @Test
  void prose_may_be_empty_and_has_lines_where_it_may() {
    for (String right : List.of("", "abcde")) {
      assertThat(EnrollmentRequestFields.prose("body", right, 5, false)).isEqualTo(right);
      assertThat(EnrollmentRequestFields.prose("body", right, 5, true)).isEqualTo(right);
    }
    assertThat(EnrollmentRequestFields.prose("body", "a\nb\n", 5, true)).isEqualTo("a\nb\n");
    assertThatThrownBy(() -> EnrollmentRequestFields.prose("body", "a\nb", 5, false))
        .isInstanceOf(Refusal.class)
        .hasMessageEndingWith("none of them control characters.");
    for (String wrong : List.of("abcdef", "ab\ncd\n", "a\rb", "a\tb")) {
      assertThatThrownBy(() -> EnrollmentRequestFields.prose("body", wrong, 5, true))
          .isInstanceOf(Refusal.class)
          .hasMessageEndingWith("but line feeds.");
    }
  }

  @Test
  void identifiers_and_bytes_are_read_in_their_one_form() {
    String id = "00112233445566778899aabbccddeeff";
    assertThat(EnrollmentRequestFields.id("deviceId", id)).isEqualTo(id);
    assertThat(EnrollmentRequestFields.idBytes("deviceId", id)).hasSize(16).startsWith(0, 0x11);
    assertThatThrownBy(
            () -> EnrollmentRequestFields.id("deviceId", id.toUpperCase(java.util.Locale.ROOT)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("deviceId");

    assertThat(EnrollmentRequestFields.bytes("blob", "AAE", 2)).containsExactly(0, 1);
    assertThatThrownBy(() -> EnrollmentRequestFields.bytes("blob", "AAEC", 2))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("at most 2 bytes");
  }

  @Test
  void a_key_that_is_none_is_refused() {
    assertThatThrownBy(() -> EnrollmentRequestFields.key("AAE")).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> EnrollmentRequestFields.key("%")).isInstanceOf(Refusal.class);
  }
}
