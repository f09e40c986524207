package org.hikae.schema.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTruncationTest {

  @ParameterizedTest
  @CsvSource({
    "'', 0, ''",
    "ab, 3, ab",
    "ab, 2, ab",
    "ab, 1, a",
    "a\ud83d\ude00b, 3, a\ud83d\ude00"
  })
  void a_text_is_as_long_as_it_may_be(String text, int maxChars, String cut) {
    assertThat(TextTruncation.to(text, maxChars)).isEqualTo(cut);
  }

  @ParameterizedTest
  @CsvSource({
    "a\ud83d\ude00, 2, a",
    "\ud83d\ude00\ud83d\ude00, 3, \ud83d\ude00",
    "\ud83d\ude00, 1, ''"
  })
  void no_half_of_a_character_is_left(String text, int maxChars, String cut) {
    assertThat(TextTruncation.to(text, maxChars)).isEqualTo(cut);
  }
}
