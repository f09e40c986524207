package org.hikae.problem.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemMessagesTest {

  private static final String JAPANESE_LETTERS = ".*[\\p{IsHiragana}\\p{IsKatakana}\\p{IsHan}].*";

  @ParameterizedTest
  @EnumSource(ProblemCode.class)
  void every_code_has_a_sentence_in_both_languages(ProblemCode code) {
    assertThat(ProblemMessages.of(code, Locale.ENGLISH, "The name is too long.")).isNotBlank();
    assertThat(ProblemMessages.of(code, Locale.JAPANESE, "")).matches(JAPANESE_LETTERS);
  }

  @Test
  void no_sentence_is_without_a_code() {
    Set<String> codes =
        Arrays.stream(ProblemCode.values()).map(ProblemCode::code).collect(Collectors.toSet());
    for (Locale locale : new Locale[] {Locale.ROOT, Locale.JAPANESE}) {
      ResourceBundle bundle = ProblemMessages.bundle(locale);
      assertThat(codes).containsAll(bundle.keySet());
    }
  }

  @Test
  void other_languages_get_english_whatever_the_server_speaks() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.JAPAN);
      assertThat(ProblemMessages.of(ProblemCode.FORBIDDEN, Locale.FRENCH, ""))
          .startsWith("Your role");
      assertThat(ProblemMessages.of(ProblemCode.FORBIDDEN, Locale.US, "")).startsWith("Your role");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void a_malformed_request_is_told_what_is_wrong() {
    assertThat(ProblemMessages.of(ProblemCode.MALFORMED, Locale.ENGLISH, "name is missing."))
        .isEqualTo("The request has a wrong form. name is missing.");
  }
}
