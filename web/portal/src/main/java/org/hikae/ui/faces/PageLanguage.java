package org.hikae.ui.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import java.util.Iterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The language of the pages: what the person chose here, else what their browser asks for, else
 * English. The choice is kept in a cookie and not in the session, which it outlives and which
 * public pages do not have; it is no secret.
 */
@Named
@RequestScoped
public class PageLanguage {

  private static final String COOKIE = "hikae-language";

  private @Nullable Locale chosen;

  /** The locale of the pages: English or Japanese. */
  public Locale getLocale() {
    if (chosen == null) {
      chosen = remembered();
    }
    return chosen;
  }

  /** Its tag for the {@code lang} attribute. */
  public String getTag() {
    return getLocale().getLanguage();
  }

  /** Changes the language and shows the same page in it. */
  public String choose(String tag) {
    chosen = supported(tag);
    ViewerPreferences.remember(COOKIE, chosen.getLanguage());
    return ViewerPreferences.samePage();
  }

  private static Locale remembered() {
    String kept = ViewerPreferences.remembered(COOKIE);
    if (kept != null) {
      return supported(kept);
    }
    Iterator<Locale> asked =
        FacesContext.getCurrentInstance().getExternalContext().getRequestLocales();
    while (asked.hasNext()) {
      String language = asked.next().getLanguage();
      if (language.equals("ja") || language.equals("en")) {
        return supported(language);
      }
    }
    return Locale.ENGLISH;
  }

  private static Locale supported(String tag) {
    return tag.equals("ja") ? Locale.JAPANESE : Locale.ENGLISH;
  }
}
