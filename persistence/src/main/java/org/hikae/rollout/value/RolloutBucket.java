package org.hikae.rollout.value;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The place from 0 to 99 that an employee has in a campaign for good: a share are those with the
 * lowest places, so a larger share holds every smaller one. Another campaign gives other places.
 * Both databases figure it by the same whole numbers as {@link #of}, so that nobody is read only to
 * be left out; it spreads people evenly and keeps no secret.
 */
public final class RolloutBucket {

  /** Number of places. */
  public static final int PLACES = 100;

  /**
   * Most people of whom a share is as large as it says, rounded up. Of more, a share of n percent
   * are those with a place below n: that is as good, and sorts nobody.
   */
  public static final int EXACT_UP_TO = 10_000;

  /** 2^31 - 1, a prime: products of two remainders fit into 63 bits. */
  public static final long PRIME = Integer.MAX_VALUE;

  private final long factor;
  private final long offset;
  private final long last;

  /** The places of this campaign. */
  public RolloutBucket(long campaignId) {
    ByteBuffer hash = ByteBuffer.wrap(hash(campaignId));
    this.factor = 1 + Math.floorMod(hash.getLong(), PRIME - 1);
    this.offset = Math.floorMod(hash.getLong(), PRIME);
    this.last = Math.floorMod(hash.getLong(), PRIME);
  }

  /** How many people are so many percent of everybody, rounded up. */
  public static long people(long everybody, int percent) {
    return (everybody * percent + PLACES - 1) / PLACES;
  }

  /** Where this employee is. */
  public int of(long employeeId) {
    long spread = (employeeId % PRIME * factor + offset) % PRIME;
    return (int) ((spread * spread + last) % PRIME % PLACES);
  }

  /** What an employee's number is multiplied by. */
  public long factor() {
    return factor;
  }

  /** What is added to that. */
  public long offset() {
    return offset;
  }

  /** What is added to its square. */
  public long last() {
    return last;
  }

  private static byte[] hash(long campaignId) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(("hikae campaign " + campaignId).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
