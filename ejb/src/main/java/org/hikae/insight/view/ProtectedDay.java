package org.hikae.insight.view;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Who was protected at the end of a day, or until it was noted last.
 *
 * @param day in UTC
 * @param notedAt when it was noted last
 * @param employees all who were known
 * @param optedIn those of them who took part
 * @param devices devices of those who took part
 * @param freshDevices those of them whose last backup was younger than {@link Coverage#WARN_AFTER}
 */
public record ProtectedDay(
    LocalDate day, Instant notedAt, long employees, long optedIn, long devices, long freshDevices) {

  private static final int PERCENT = 100;

  /** Share of the devices that were backed up in time, in whole percent; 0 without a device. */
  public int percent() {
    return devices == 0 ? 0 : (int) (freshDevices * PERCENT / devices);
  }
}
