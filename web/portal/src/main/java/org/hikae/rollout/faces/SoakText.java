package org.hikae.rollout.faces;

import java.util.ResourceBundle;
import org.hikae.ui.faces.DisplayText;

/** What has to be seen of the wave before until a wave begins, as a sentence. */
final class SoakText {

  private SoakText() {}

  /**
   * The sentence.
   *
   * @param days since everybody of the wave before was invited
   * @param percent share of those observed who must be healthy
   * @param people how many must be observed
   */
  static String of(ResourceBundle texts, int days, int percent, int people) {
    String key = days == 0 ? "soak.now" : days == 1 ? "soak.day" : "soak.days";
    boolean watched = percent > 0 || people > 0;
    String sentence = texts.getString(watched ? key + ".healthy" : key);
    sentence = DisplayText.fill(sentence, "days", days);
    sentence = DisplayText.fill(sentence, "percent", percent);
    return DisplayText.fill(sentence, "people", DisplayText.count(people));
  }
}
