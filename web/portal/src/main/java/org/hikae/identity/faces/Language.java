package org.hikae.identity.faces;

import jakarta.enterprise.context.SessionScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The language of the pages: what the person chose here, else what their browser asks for, else
 * English. The choice is kept in a cookie, so that it outlives the session; it is no secret.
 */
@Named
@SessionScoped
public class Language implements Serializable {

  private static final String COOKIE = "hikae-language";
  private static final int ONE_YEAR_SECONDS = 365 * 24 * 3600;

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
    FacesContext faces = FacesContext.getCurrentInstance();
    faces
        .getExternalContext()
        .addResponseCookie(
            COOKIE,
            chosen.getLanguage(),
            Map.of("maxAge", ONE_YEAR_SECONDS, "path", "/", "secure", true, "SameSite", "Lax"));
    return faces.getViewRoot().getViewId() + "?faces-redirect=true&includeViewParams=true";
  }

  private static Locale remembered() {
    ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
    if (external.getRequestCookieMap().get(COOKIE) instanceof jakarta.servlet.http.Cookie cookie) {
      return supported(cookie.getValue());
    }
    Iterator<Locale> asked = external.getRequestLocales();
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
