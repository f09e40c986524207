package org.hikae.backup.bucket.store;

import java.time.Duration;

/**
 * How long a bucket is waited for, and how much of it goes on at once. One put asks for the mark,
 * looks for the object in both slots and sends it; in the worst case these are seven calls and one
 * upload, which must end before the transaction does (300 seconds in the server).
 *
 * @param silence how long nothing may come from the server
 * @param call how long a request without an object may take, all attempts together
 * @param upload how long sending an object may take, all attempts together
 * @param step after how long a step of cleaning up ends
 * @param attempts how often a request is sent that fails, and can be sent again
 * @param sends how many objects are sent at once; fewer than there are connections of the database,
 *     since who sends holds one
 * @param waiting how long for a place among them
 */
public record S3Limits(
    Duration silence,
    Duration call,
    Duration upload,
    Duration step,
    int attempts,
    int sends,
    Duration waiting) {

  private static final Duration CALL = Duration.ofSeconds(20);
  private static final Duration UPLOAD = Duration.ofMinutes(2);
  private static final Duration STEP = Duration.ofMinutes(1);
  private static final int ATTEMPTS = 3;
  private static final Duration WAIT = Duration.ofSeconds(10);

  /**
   * Those of a portal.
   *
   * @param connections of the database; half of them are left to all else
   */
  public static S3Limits of(Duration silence, int connections) {
    return new S3Limits(silence, CALL, UPLOAD, STEP, ATTEMPTS, Math.max(1, connections / 2), WAIT);
  }

  /** How many erasures go on at once, each of which holds a connection of the database, too. */
  int erasures() {
    return Math.max(1, sends / 3);
  }
}
