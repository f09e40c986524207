package org.hikae.ui.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Light or dark pages: what the viewer chose, otherwise what their system prefers. The choice is in
 * a cookie, as that of the language.
 */
@Named
@RequestScoped
public class ColorScheme {

  private static final String COOKIE = "hikae-scheme";

  private enum Scheme {
    SYSTEM("pi-desktop", "light dark"),
    LIGHT("pi-sun", "light"),
    DARK("pi-moon", "dark");

    private final String icon;
    private final String meta;

    Scheme(String icon, String meta) {
      this.icon = icon;
      this.meta = meta;
    }

    static Scheme of(@Nullable String name) {
      for (Scheme scheme : values()) {
        if (scheme.label().equals(name)) {
          return scheme;
        }
      }
      return SYSTEM;
    }

    Scheme next() {
      return switch (this) {
        case SYSTEM -> LIGHT;
        case LIGHT -> DARK;
        case DARK -> SYSTEM;
      };
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private @Nullable Scheme chosen;

  /** {@code system}, {@code light} or {@code dark}. */
  public String getScheme() {
    return current().label();
  }

  /** Its icon. */
  public String getIcon() {
    return current().icon;
  }

  /** For the {@code color-scheme} meta element: what the browser paints before the styles come. */
  public String getMeta() {
    return current().meta;
  }

  /** Chooses the next of system, light and dark and shows the same page in it. */
  public String next() {
    chosen = current().next();
    ViewerPreferences.remember(COOKIE, chosen.label());
    return ViewerPreferences.samePage();
  }

  private Scheme current() {
    if (chosen == null) {
      chosen = Scheme.of(ViewerPreferences.remembered(COOKIE));
    }
    return chosen;
  }
}
