package org.hikae.vault.port;

/** A token is not one the vault accepts. The message says why, for the log, and never quotes it. */
public final class TokenRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says in one sentence what was wrong. */
  public TokenRefusedException(String message) {
    super(message);
  }
}
