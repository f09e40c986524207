package org.hikae.enrollment.transfer.wire;

import org.hikae.openapi.wire.RequiredField;
import org.jspecify.annotations.Nullable;

/**
 * What one of the two devices has told the other.
 *
 * @param number from 1, without a gap
 * @param step what it is
 * @param body base64url; only the two devices know what it says
 */
public record KeyTransferMessage(
    int number, @RequiredField @Nullable KeyTransferStep step, String body) {

  /** How often a code may be tried. */
  public static final int TRIES = 3;

  /**
   * Most messages of a transfer: an offer and an answer for each try, and the three that end it.
   */
  public static final int MAX_MESSAGES = 2 * TRIES + 3;

  /** Most bytes of a body. */
  public static final int MAX_BODY_BYTES = 64 * 1024;
}
