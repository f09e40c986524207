package org.hikae.runtime.control;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets each actor do so much a minute on average, and as much at once after a pause: a bucket of
 * tokens that fills evenly. Keeps a bounded number of actors and forgets the one that was idle for
 * longest, whose bucket is then full again.
 */
public final class TokenBuckets {

  private static final double MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final double SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  private final int perMinute;
  private final int maxActors;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>();

  private record Bucket(double tokens, Instant at) {}

  /** Buckets of {@code perMinute} tokens, which are also what comes back in a minute. */
  public TokenBuckets(int perMinute, int maxActors) {
    this.perMinute = perMinute;
    this.maxActors = maxActors;
  }

  /** Takes a token; 0 when there was one, else the whole seconds until there is, at least one. */
  public synchronized int take(String actor, Instant now) {
    Bucket before = buckets.remove(actor);
    double tokens = before == null ? perMinute : filled(before, now);
    boolean allowed = tokens >= 1;
    if (buckets.size() >= maxActors) {
      buckets.remove(buckets.keySet().iterator().next());
    }
    buckets.put(actor, new Bucket(allowed ? tokens - 1 : tokens, now));
    double waitNanos = (1 - tokens) * MINUTE_NANOS / perMinute;
    return allowed ? 0 : Math.max(1, (int) Math.ceil(waitNanos / SECOND_NANOS));
  }

  /** A clock that was set back fills nothing. */
  private double filled(Bucket bucket, Instant now) {
    double nanos = Math.max(0, Duration.between(bucket.at(), now).toNanos());
    return Math.min(perMinute, bucket.tokens() + nanos * perMinute / MINUTE_NANOS);
  }
}
