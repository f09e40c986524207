package org.hikae.crypto;

/**
 * Bytes from the other side were refused: malformed, altered, made for someone else, or made with
 * another password. The only exception of this module that depends on data. The message is a
 * constant sentence: it carries no byte of the input and no secret, and it never tells which of
 * several checks failed where that would help an attacker.
 */
public final class CryptoException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says in one sentence what was refused. */
  public CryptoException(String message) {
    super(message);
  }
}
