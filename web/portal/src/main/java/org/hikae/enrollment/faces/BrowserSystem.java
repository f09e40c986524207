package org.hikae.enrollment.faces;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which system a browser says that it runs on; it may say anything, and only a hint is made of it.
 */
public enum BrowserSystem {
  /** Linux on a computer. */
  LINUX(false),
  /** Windows. */
  WINDOWS(true),
  /** macOS. */
  MACOS(true),
  /** Telephones, tablets, and what nobody knows. */
  OTHER(false);

  private final boolean restic;

  BrowserSystem(boolean restic) {
    this.restic = restic;
  }

  /** Reads the field {@code User-Agent} of a request; null when it has none. */
  static BrowserSystem of(@Nullable String userAgent) {
    String text = userAgent == null ? "" : userAgent;
    if (text.contains("Android") || text.contains("CrOS") || text.contains("Mobile")) {
      return OTHER;
    }
    if (text.contains("Windows NT")) {
      return WINDOWS;
    }
    if (text.contains("Mac OS X")) {
      return MACOS;
    }
    return text.contains("Linux") ? LINUX : OTHER;
  }

  /** Debian's name of the processors that the same field names; empty when it names none. */
  static Optional<String> architecture(@Nullable String userAgent) {
    String text = userAgent == null ? "" : userAgent;
    if (text.contains("aarch64") || text.contains("arm64")) {
      return Optional.of("arm64");
    }
    return text.contains("x86_64") || text.contains("x86-64")
        ? Optional.of("amd64")
        : Optional.empty();
  }

  /** Whether restic backs up there, because the agent does not run there. */
  public boolean isRestic() {
    return restic;
  }

  /** Its name, for the texts of pages. */
  public String getName() {
    return name();
  }
}
