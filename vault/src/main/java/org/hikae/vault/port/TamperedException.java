package org.hikae.vault.port;

/**
 * A row of the store is not what this vault wrote: altered, moved to another id, or sealed under
 * another root. Never answered with an evaluation; logged as an alarm.
 */
public final class TamperedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says in one sentence what does not fit, without any byte of it. */
  public TamperedException(String message) {
    super(message);
  }
}
