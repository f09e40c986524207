package org.hikae.rollout.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a wave asks of the one before, in words. */
class SoakTextTest {

  private static String text(Locale language, int days, int percent, int people) {
    return SoakText.of(
        ResourceBundle.getBundle("org.hikae.portal.campaign", language), days, percent, people);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0 | 0 | This wave begins as soon as everybody of the wave before is invited.",
        "1 | 0 | 0 | This wave begins 1 day after everybody of the wave before was invited.",
        "2 | 0 | 0 | This wave begins 2 days after everybody of the wave before was invited.",
        "3 | 90 | 5 | This wave begins 3 days after everybody of the wave before was invited,"
            + " when at least 90 % of at least 5 observed people are healthy.",
        "0 | 0 | 5000 | This wave begins as soon as everybody of the wave before is invited and"
            + " at least 0 % of at least 5,000 observed people are healthy."
      })
  void a_sentence_says_it(int days, int percent, int people, String sentence) {
    assertThat(text(Locale.ENGLISH, days, percent, people)).isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "1, 0, 0", "2, 0, 0", "0, 90, 5", "1, 90, 5", "2, 90, 5"})
  void both_languages_fill_it_in(int days, int percent, int people) {
    for (Locale language : new Locale[] {Locale.ENGLISH, Locale.JAPANESE}) {
      assertThat(text(language, days, percent, people)).isNotBlank().doesNotContain("{", "}");
    }
  }
}
