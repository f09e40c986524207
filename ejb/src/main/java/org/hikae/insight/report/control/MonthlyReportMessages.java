package org.hikae.insight.report.control;

import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;

/** What monthly reports say, in English and Japanese. */
public final class MonthlyReportMessages {

  private static final String BUNDLE = "org.hikae.insight.report.control.texts";

  private final Locale locale;
  private final ResourceBundle bundle;

  /** In a language: {@code en} or {@code ja}. */
  public MonthlyReportMessages(String language) {
    boolean japanese = language.equals("ja");
    locale = japanese ? Locale.JAPANESE : Locale.ENGLISH;
    bundle =
        ResourceBundle.getBundle(
            BUNDLE,
            japanese ? Locale.JAPANESE : Locale.ROOT,
            MonthlyReportMessages.class.getClassLoader(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /** Which language. */
  public Locale locale() {
    return locale;
  }

  /** All texts. */
  ResourceBundle bundle() {
    return bundle;
  }

  /** A text. */
  public String text(String key) {
    return bundle.getString(key);
  }

  /** A text with one fact, which stands in it as {@code {fact}}. */
  public String text(String key, String fact) {
    return bundle.getString(key).replace("{fact}", fact);
  }

  /** A text, or what is given when this release knows none. */
  public String textOr(String key, String otherwise) {
    return bundle.containsKey(key) ? bundle.getString(key) : otherwise;
  }

  /** A month as people write it. */
  public String month(YearMonth month) {
    return DateTimeFormatter.ofPattern(text("month"), locale).format(month);
  }
}
