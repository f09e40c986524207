package org.hikae.device;

import java.time.Instant;

/**
 * Times that the portal says. One that this agent cannot read is {@link #UNREADABLE}, so that no
 * command fails for a time that it only shows.
 */
public final class PortalTime {

  /** Stands for a time that cannot be read; no portal has been there then. */
  public static final Instant UNREADABLE = Instant.MIN;

  private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-30T00:00:00Z");

  private PortalTime() {}

  /** The time itself when every zone can show it. */
  static Instant shown(Instant time) {
    return time.isBefore(FIRST) || time.isAfter(LAST) ? UNREADABLE : time;
  }

  /** Whether it could be read. */
  public static boolean isReadable(Instant time) {
    return !time.equals(UNREADABLE);
  }

  /** As ISO-8601 text; a question mark for one that could not be read. */
  public static String text(Instant time) {
    return isReadable(time) ? time.toString() : "?";
  }
}
