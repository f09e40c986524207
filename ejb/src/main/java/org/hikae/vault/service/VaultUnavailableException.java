package org.hikae.vault.service;

/** The vault did not answer as it should. The message names no content. */
public final class VaultUnavailableException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public VaultUnavailableException(String message) {
    super(message);
  }
}
