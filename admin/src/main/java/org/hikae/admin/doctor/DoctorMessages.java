package org.hikae.admin.doctor;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** The doctor's words in English or Japanese; placeholders are {@code {0}}, {@code {1}} …. */
public final class DoctorMessages {

  private static final String BUNDLE = "org.hikae.admin.doctor.doctor";
  private static final String FIX = ".fix";

  private final ResourceBundle bundle;

  private DoctorMessages(String language) {
    this.bundle =
        ResourceBundle.getBundle(
            BUNDLE,
            language.equals("ja") ? Locale.JAPANESE : Locale.ROOT,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /** In {@code ja}, or in English. */
  public static DoctorMessages in(String language) {
    return new DoctorMessages(language);
  }

  /** What was found. */
  public String found(DoctorFinding finding) {
    return filled(finding.code().name(), finding.arguments());
  }

  /** What to do; empty when nothing is. */
  public String fix(DoctorFinding finding) {
    String key = finding.code().name() + FIX;
    return bundle.containsKey(key) ? filled(key, finding.arguments()) : "";
  }

  /** The line at the end. */
  public String sum(DoctorReport report) {
    return filled(
        "sum",
        List.of(
            String.valueOf(report.count(FindingLevel.PROBLEM)),
            String.valueOf(report.count(FindingLevel.WARNING)),
            String.valueOf(report.count(FindingLevel.SKIPPED)),
            String.valueOf(report.count(FindingLevel.OK))));
  }

  private String filled(String key, List<String> arguments) {
    String sentence = bundle.getString(key);
    for (int i = 0; i < arguments.size(); i++) {
      sentence = sentence.replace("{" + i + "}", arguments.get(i));
    }
    return sentence;
  }
}
