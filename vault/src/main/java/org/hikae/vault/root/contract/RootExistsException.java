package org.hikae.vault.root.contract;

/** There is a root already where a new one was to be made; a root is never replaced. */
public final class RootExistsException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says in one sentence what is there. */
  public RootExistsException(String message) {
    super(message);
  }
}
