package org.hikae.ui.faces;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.Cookie;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer chose about the looks of the pages. It is kept in cookies for a year, so that it
 * outlives the session; none is a secret, and what comes back may be anything.
 */
final class ViewerPreferences {

  private static final int ONE_YEAR_SECONDS = 365 * 24 * 3600;

  private ViewerPreferences() {}

  /** What was chosen under this name; null when nothing was. */
  static @Nullable String remembered(String name) {
    return external().getRequestCookieMap().get(name) instanceof Cookie cookie
        ? cookie.getValue()
        : null;
  }

  /** Remembers a choice. */
  static void remember(String name, String value) {
    external()
        .addResponseCookie(
            name,
            value,
            Map.of("maxAge", ONE_YEAR_SECONDS, "path", "/", "secure", true, "SameSite", "Lax"));
  }

  /** The outcome that shows the same page anew. */
  static String samePage() {
    return FacesContext.getCurrentInstance().getViewRoot().getViewId()
        + "?faces-redirect=true&includeViewParams=true";
  }

  private static ExternalContext external() {
    return FacesContext.getCurrentInstance().getExternalContext();
  }
}
