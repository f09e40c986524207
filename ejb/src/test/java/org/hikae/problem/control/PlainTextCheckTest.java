package org.hikae.problem.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextCheckTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "\u5c71\u7530 \u592a\u90ce", "\ud83d\ude00", "\u202e", "<!--"})
  void takes_what_people_write(String text) {
    assertThat(PlainTextCheck.isStorable(text)).isTrue();
    assertThat(PlainTextCheck.isLine(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "a\u0000b", "\ud800", "a\udc00", "\udfff", "\ude00\ud83d"})
  void knows_what_no_database_keeps(String text) {
    assertThat(PlainTextCheck.isStorable(text)).isFalse();
    assertThat(PlainTextCheck.isLine(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "a\tb", "\u001b[2J", "\u007f", "\u0085"})
  void a_line_has_no_control_characters(String text) {
    assertThat(PlainTextCheck.isStorable(text)).isTrue();
    assertThat(PlainTextCheck.isLine(text)).isFalse();
  }

  @Test
  void a_line_is_bounded() {
    assertThat(PlainTextCheck.line("actor", "abc", 3)).isEqualTo("abc");
    assertThatThrownBy(() -> PlainTextCheck.line("actor", "abcd", 3))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason()).startsWith("actor may have at most 3"));
    assertThatThrownBy(() -> PlainTextCheck.line("actor", "\u0001", 3)).isInstanceOf(Refusal.class);
  }
}
