package org.hikae.enrollment.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts name how much of a backup's changes is told (HK1-L-07). */
class ChangeConsentParagraphTest {

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void a_text_names_it_that_has_the_whole_paragraph_by_itself(String language) {
    String paragraph = ChangeConsentParagraph.in(language);
    assertThat(ChangeConsentParagraph.standsIn(paragraph, language)).isTrue();
    assertThat(
            ChangeConsentParagraph.standsIn("Before\r\n\r\n" + paragraph + "\n\nAfter", language))
        .isTrue();
    assertThat(ChangeConsentParagraph.standsIn("Not this: " + paragraph, language)).isFalse();
    assertThat(ChangeConsentParagraph.standsIn(paragraph.substring(1), language)).isFalse();
    assertThat(ChangeConsentParagraph.standsIn("", language)).isFalse();
    String other = language.equals("en") ? "ja" : "en";
    assertThat(ChangeConsentParagraph.standsIn(paragraph, other)).isFalse();
  }

  /** Administrators copy it from there. */
  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void the_guide_has_it(String language) throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "admin", "changed-files.md")))
        .contains("\n" + ChangeConsentParagraph.in(language) + "\n");
  }
}
