package org.hikae.hk1;

/**
 * Bytes or text from the other side do not have the form the protocol prescribes. The message names
 * the field and the bound, never the bytes.
 */
public final class MalformedException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says in one sentence what was wrong. */
  public MalformedException(String message) {
    super(message);
  }
}
