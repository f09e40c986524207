package org.hikae.admin.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing that the doctor can say lacks words, or the way to put it right, in either language. */
class DoctorMessagesTest {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d\\}");

  @ParameterizedTest
  @EnumSource(FindingCode.class)
  void every_code_has_a_sentence_and_what_is_wrong_has_a_remedy(FindingCode code) {
    for (String language : List.of("en", "ja")) {
      DoctorFinding finding = DoctorFinding.of(code, "A", "B", "C", "D");
      DoctorMessages doctorMessages = DoctorMessages.in(language);
      assertThat(doctorMessages.found(finding)).isNotBlank().doesNotContain("{", "''");
      if (code.level() == FindingLevel.OK) {
        assertThat(doctorMessages.fix(finding)).isEmpty();
      } else {
        assertThat(doctorMessages.fix(finding)).isNotBlank().doesNotContain("{", "''");
      }
    }
  }

  @Test
  void both_languages_have_the_same_sentences_with_the_same_places() {
    ResourceBundle english = bundle("");
    ResourceBundle japanese = bundle("_ja");
    List<String> codes = Arrays.stream(FindingCode.values()).map(FindingCode::name).toList();
    assertThat(japanese.keySet()).isEqualTo(english.keySet());
    for (String key : english.keySet()) {
      assertThat(places(japanese.getString(key))).as(key).isEqualTo(places(english.getString(key)));
      if (!key.equals("sum")) {
        assertThat(codes).contains(key.replace(".fix", ""));
      }
    }
  }

  @Test
  void japanese_is_japanese() {
    assertThat(DoctorMessages.in("ja").found(DoctorFinding.of(FindingCode.SETTINGS_OK)))
        .contains("設定");
    assertThat(DoctorMessages.in("en").found(DoctorFinding.of(FindingCode.SETTINGS_OK)))
        .contains("settings");
  }

  private static ResourceBundle bundle(String suffix) {
    return ResourceBundle.getBundle("org.hikae.admin.doctor.doctor" + suffix, Locale.ROOT);
  }

  private static Set<String> places(String sentence) {
    return PLACEHOLDER
        .matcher(sentence)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }
}
