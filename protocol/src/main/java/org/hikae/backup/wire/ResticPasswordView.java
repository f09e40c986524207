package org.hikae.backup.wire;

import java.time.Instant;

/**
 * A password of restic under K.
 *
 * @param number from 1; the highest is the newest
 * @param generation generation of K
 * @param deviceId the device that kept it
 * @param storedAt ISO-8601 instant
 * @param blob the wrap, base64url
 */
public record ResticPasswordView(
    int number, long generation, String deviceId, Instant storedAt, String blob) {

  @Override
  public String toString() {
    return "ResticPasswordView(" + number + ", " + generation + ")";
  }
}
