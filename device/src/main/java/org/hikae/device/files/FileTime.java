package org.hikae.device.files;

import java.time.Instant;

/**
 * A time of a file as the kernel keeps it.
 *
 * @param seconds since 1970, may be negative
 * @param nanos 0 to 999999999
 */
public record FileTime(long seconds, int nanos) implements Comparable<FileTime> {

  /** Checks the range. */
  public FileTime {
    if (nanos < 0 || nanos > 999_999_999) {
      throw new IllegalArgumentException("nanos (" + nanos + ") must be 0 to 999999999");
    }
  }

  /** The same as an instant, with seconds cut to what an instant can hold. */
  public Instant toInstant() {
    long held = Math.clamp(seconds, Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond());
    return Instant.ofEpochSecond(held, nanos);
  }

  @Override
  public int compareTo(FileTime other) {
    int bySeconds = Long.compare(seconds, other.seconds);
    return bySeconds != 0 ? bySeconds : Integer.compare(nanos, other.nanos);
  }
}
