package org.hikae.vault.port;

import org.jspecify.annotations.Nullable;

/**
 * The vault cannot serve now: the store, the root key or the realm's keys do not answer. Not the
 * caller's fault and no verdict; becomes the refusal UNAVAILABLE.
 */
public final class UnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says in one sentence what does not answer. */
  public UnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
