package org.hikae.device.exclude;

/** A pattern that cannot be one; the message is a short reason that does not repeat it. */
public final class InvalidPatternException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidPatternException(String reason) {
    super(reason);
  }
}
