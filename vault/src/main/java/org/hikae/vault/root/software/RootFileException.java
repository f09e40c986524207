package org.hikae.vault.root.software;

import org.jspecify.annotations.Nullable;

/** The root key file cannot be used: missing, damaged, or another passphrase. */
public final class RootFileException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says in one sentence what to do about which file. */
  public RootFileException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
