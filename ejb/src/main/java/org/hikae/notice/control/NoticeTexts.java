package org.hikae.notice.control;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.hikae.notice.wire.NoticeKind;

/** What notices say, in English and Japanese. */
public final class NoticeTexts {

  private static final String BUNDLE = "org.hikae.notice.control.texts";

  /** Longest fact that is repeated in a sentence; a device's name may be long. */
  private static final int MAX_FACT_CHARS = 120;

  private NoticeTexts() {}

  /** One sentence: what happened, with its facts. */
  public static String sentence(NoticeKind kind, Map<String, String> detail, String language) {
    String text = bundle(language).getString(kind.code());
    for (Map.Entry<String, String> fact : detail.entrySet()) {
      text = text.replace('{' + fact.getKey() + '}', plain(fact.getValue()));
    }
    return text.replaceAll("\\{\\w+}", "–");
  }

  /** Another text of the mails. */
  public static String text(String key, String language) {
    return bundle(language).getString(key);
  }

  private static String plain(String fact) {
    String one = fact.replaceAll("\\p{Cntrl}", " ").replace("{", "(").replace("}", ")");
    return one.length() <= MAX_FACT_CHARS ? one : one.substring(0, MAX_FACT_CHARS) + "…";
  }

  private static ResourceBundle bundle(String language) {
    return ResourceBundle.getBundle(
        BUNDLE,
        language.equals("ja") ? Locale.JAPANESE : Locale.ROOT,
        NoticeTexts.class.getClassLoader(),
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }
}
