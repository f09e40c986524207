package org.hikae.problem.control;

import java.util.Locale;
import java.util.ResourceBundle;
import org.hikae.problem.wire.ProblemCode;

/** One sentence for people per {@link ProblemCode}, with the way out, in English and Japanese. */
public final class ProblemMessages {

  private static final String BUNDLE = "org.hikae.problem.control.sentences";

  private ProblemMessages() {}

  /**
   * The sentence of {@code code}. Any language but Japanese gets English; the server's own locale
   * plays no part.
   *
   * @param reason replaces {@code {0}} in sentences that name a field
   */
  public static String of(ProblemCode code, Locale locale, String reason) {
    return bundle(locale).getString(code.code()).replace("{0}", reason);
  }

  static ResourceBundle bundle(Locale locale) {
    Locale spoken =
        locale.getLanguage().equals(Locale.JAPANESE.getLanguage()) ? Locale.JAPANESE : Locale.ROOT;
    return ResourceBundle.getBundle(
        BUNDLE,
        spoken,
        ProblemMessages.class.getClassLoader(),
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }
}
