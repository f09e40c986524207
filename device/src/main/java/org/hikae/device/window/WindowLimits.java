package org.hikae.device.window;

import java.time.Duration;

/**
 * How much of anything there may be.
 *
 * @param connections at a time; for one more, the oldest that waits for a request goes
 * @param bodyBytes of a request
 * @param read how long the next bytes of a request may stay away
 * @param link how long the link opens the window
 * @param quiet after how long without a request that needs it what it holds is given back
 * @param idle after how long without a request of the page the window ends
 * @param lastAnswers how long its end waits for answers that are on their way, such as to who
 *     wished it
 */
public record WindowLimits(
    int connections,
    int bodyBytes,
    Duration read,
    Duration link,
    Duration quiet,
    Duration idle,
    Duration lastAnswers) {

  /** Most bytes of a line of a request's head. */
  static final int LINE_BYTES = 4096;

  /** Most fields of a request's head; browsers send about twenty. */
  static final int HEADERS = 40;

  /** Those of the agent. */
  public static final WindowLimits STANDARD =
      new WindowLimits(
          32,
          64 * 1024,
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(1),
          Duration.ofMinutes(15),
          Duration.ofSeconds(1));
}
