package org.hikae.admin.dossier;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.DoctorMessages;
import org.hikae.admin.doctor.FindingCode;

/** The dossier's words in English or Japanese; placeholders are {@code {0}}, {@code {1}} …. */
public final class DossierMessages {

  private static final String BUNDLE = "org.hikae.admin.dossier.dossier";

  private final ResourceBundle bundle;
  private final DoctorMessages doctor;
  private final Locale locale;

  /** In {@code ja}, or in English. */
  public DossierMessages(String language) {
    boolean japanese = language.equals("ja");
    locale = japanese ? Locale.JAPANESE : Locale.ENGLISH;
    doctor = DoctorMessages.in(language);
    bundle =
        ResourceBundle.getBundle(
            BUNDLE,
            japanese ? Locale.JAPANESE : Locale.ROOT,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /** The language. */
  public Locale locale() {
    return locale;
  }

  /** What is claimed. */
  public String claim(DossierClaim claim) {
    return text("claim." + claim.id());
  }

  /** What executing it does not prove. */
  public String limit(DossierClaim claim) {
    return text("limit." + claim.id());
  }

  /** What was seen. */
  public String fact(ClaimFact fact) {
    List<String> values = fact.values();
    if (fact.kind() == ClaimFactKind.DOCTOR) {
      FindingCode code = FindingCode.valueOf(values.getFirst());
      return doctor.found(new DoctorFinding(code, values.subList(1, values.size())));
    }
    return filled("fact." + fact.kind(), values);
  }

  /** A text without a claim of its own. */
  public String text(String key, Object... values) {
    return filled(key, ClaimFact.of(ClaimFactKind.MORE, values).values());
  }

  private String filled(String key, List<String> values) {
    StringBuilder filled = new StringBuilder();
    String sentence = bundle.getString(key);
    int at = 0;
    // In one pass: a value may look like a place for another.
    for (int open = sentence.indexOf('{'); open >= 0; open = sentence.indexOf('{', at)) {
      int close = sentence.indexOf('}', open);
      filled.append(sentence, at, open);
      filled.append(values.get(Integer.parseInt(sentence.substring(open + 1, close))));
      at = close + 1;
    }
    return filled.append(sentence, at, sentence.length()).toString();
  }
}
