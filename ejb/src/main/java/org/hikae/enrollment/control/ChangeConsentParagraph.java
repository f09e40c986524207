package org.hikae.enrollment.control;

import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The paragraph by which a consent text names how much of a backup's changes is told (spec
 * HK1-L-07). A text that lacks a word of it names nothing.
 */
public final class ChangeConsentParagraph {

  private static final String BUNDLE = "org.hikae.enrollment.control.paragraphs";

  private ChangeConsentParagraph() {}

  /** The paragraph in a language, {@code en} or {@code ja}. */
  public static String in(String language) {
    return ResourceBundle.getBundle(
            BUNDLE,
            language.equals("ja") ? Locale.JAPANESE : Locale.ROOT,
            ChangeConsentParagraph.class.getClassLoader(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
        .getString("changes");
  }

  /** Whether a text in this language has the paragraph, whole and by itself. */
  public static boolean standsIn(String body, String language) {
    String paragraph = in(language);
    return Arrays.stream(body.replace("\r\n", "\n").split("\n\\s*\n", -1))
        .map(String::strip)
        .anyMatch(paragraph::equals);
  }
}
