package org.hikae.crypto;

/**
 * Something happened that cannot happen on a sound platform: an algorithm every JDK 25 has is
 * missing, or an event of probability below 2^-200 occurred. Always a defect, never an attack to be
 * handled.
 */
public final class CryptoDefectException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /** Says in one sentence what cannot be. */
  public CryptoDefectException(String message, Throwable cause) {
    super(message, cause);
  }
}
