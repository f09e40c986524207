package org.hikae.vault.core;

/**
 * The vault closed itself after an alarm: what it finds is older than what it has said. It serves
 * nobody until two people have reopened it.
 */
public final class SealedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says in one sentence what was found. */
  public SealedException(String message) {
    super(message);
  }
}
