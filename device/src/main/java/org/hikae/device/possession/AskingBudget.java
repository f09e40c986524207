package org.hikae.device.possession;

import java.time.Duration;
import java.time.Instant;

/**
 * How much may be asked for without a person: so many bytes a day, which come evenly, and no more
 * than a day's at once (spec HK1-Q-07).
 *
 * @param dailyBytes 0 where nothing is asked for by itself
 * @param countedAt when {@code bytes} was right
 * @param bytes how much may be asked for; less than 0 after an answer that cost more
 */
public record AskingBudget(long dailyBytes, Instant countedAt, long bytes) {

  /** As much as 32 parts of 64 KiB. */
  public static final long USUAL_DAILY_BYTES = 2L * 1024 * 1024;

  /** The most that a person can choose. */
  public static final long MAX_DAILY_BYTES = 1024L * 1024 * 1024;

  /** Nothing yet: what was only just sent need not be asked for. */
  static AskingBudget from(Instant now, long dailyBytes) {
    return new AskingBudget(dailyBytes, now, 0);
  }

  /** What it is by now. A clock that was put back gives nothing and takes nothing. */
  AskingBudget at(Instant now) {
    Duration day = Duration.ofDays(1);
    long seconds = Duration.between(countedAt, now).toSeconds();
    long counted = Math.clamp(seconds, 0, day.toSeconds());
    long more = dailyBytes * counted / day.toSeconds();
    return new AskingBudget(dailyBytes, now, Math.min(dailyBytes, bytes + more));
  }

  /** Without what was received; a debt is paid within a day. */
  AskingBudget without(long received) {
    return new AskingBudget(dailyBytes, countedAt, Math.max(-dailyBytes, bytes - received));
  }

  /** Whether this code can have written it. */
  @SuppressWarnings("ConstantValue") // a file may lack the time
  boolean isUsable() {
    return countedAt != null
        && dailyBytes >= 0
        && dailyBytes <= MAX_DAILY_BYTES
        && Math.abs(bytes) <= dailyBytes;
  }
}
