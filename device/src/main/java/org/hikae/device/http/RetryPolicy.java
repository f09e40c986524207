package org.hikae.device.http;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * When a call is sent again: after a broken connection, 429, 502, 503 and 504, at most {@code
 * attempts} times in all, with pauses that double and are spread at random, so that a thousand
 * agents do not come back in the same second. A {@code Retry-After} of the server is honoured up to
 * {@code longest}, and the pauses double beyond it: what the server waits for may take longer than
 * it thought.
 *
 * @param attempts most times a call is sent
 * @param first the first pause
 * @param longest the longest pause
 */
public record RetryPolicy(int attempts, Duration first, Duration longest) {

  /** For the agent: about two minutes of an unreachable portal are bridged. */
  public static final RetryPolicy STANDARD =
      new RetryPolicy(7, Duration.ofMillis(500), Duration.ofSeconds(60));

  /** For what may fail: nothing is sent again. */
  public static final RetryPolicy ONCE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

  /** Whether a status asks for another try. */
  public boolean again(int status) {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }

  /** How long to pause before attempt {@code next}, counted from 2. */
  public Duration pause(int next, OptionalLong retryAfterSeconds, RandomGenerator random) {
    long longestMillis = longest.toMillis();
    long doubled = first.toMillis() << Math.min(next - 2, 16);
    if (retryAfterSeconds.isPresent()) {
      long asked = Math.min(retryAfterSeconds.getAsLong(), longest.toSeconds()) * 1000;
      long least = Math.max(asked, doubled);
      return Duration.ofMillis(Math.min(longestMillis, least + random.nextLong(250)));
    }
    long bound = Math.min(longestMillis, doubled);
    return Duration.ofMillis(bound / 2 + random.nextLong(bound / 2 + 1));
  }
}
