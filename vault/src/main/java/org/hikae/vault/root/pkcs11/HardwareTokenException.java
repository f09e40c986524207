package org.hikae.vault.root.pkcs11;

import org.jspecify.annotations.Nullable;

/**
 * The token cannot be used: its library or slot is missing, it refuses the PIN, it lacks the root's
 * keys, or it cannot do what the vault needs. Found at the start, before anything is served.
 */
public final class HardwareTokenException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says in one sentence what to do about which part. Never the PIN. */
  public HardwareTokenException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
