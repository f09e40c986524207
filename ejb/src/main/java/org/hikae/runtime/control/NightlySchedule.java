package org.hikae.runtime.control;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When work is due that is done once a night: at a time of day in UTC ({@code 01:30}), every so
 * often ({@code PT5S}, for tests), or never ({@code off}).
 *
 * @param at the time of day
 * @param every how often
 */
public record NightlySchedule(@Nullable LocalTime at, @Nullable Duration every) {

  /** Longest time between two looks at whether work is due. */
  public static final Duration LOOK = Duration.ofSeconds(30);

  /** Reads the setting. */
  public static NightlySchedule parse(String text) {
    if (text.equals("off")) {
      return new NightlySchedule(null, null);
    }
    try {
      if (text.startsWith("PT")) {
        Duration every = Duration.parse(text);
        if (every.isPositive()) {
          return new NightlySchedule(null, every);
        }
      } else {
        return new NightlySchedule(LocalTime.parse(text), null);
      }
    } catch (DateTimeParseException e) {
      // Falls through to the one sentence.
    }
    throw new IllegalStateException(
        "HIKAE_NIGHTLY must be a time of day such as 01:30, a duration such as PT5S, or off.");
  }

  /** Work that was begun before this instant is due again; empty when it never is. */
  public Optional<Instant> due(Instant now) {
    if (every != null) {
      return Optional.of(now.minus(every));
    }
    if (at == null) {
      return Optional.empty();
    }
    ZonedDateTime today = now.atZone(ZoneOffset.UTC).with(at);
    return Optional.of((today.toInstant().isAfter(now) ? today.minusDays(1) : today).toInstant());
  }

  /**
   * When work that was begun then is due next: not before now, and at once when it is overdue;
   * empty when it never is.
   */
  public Optional<Instant> next(Instant begunAt, Instant now) {
    return due(now)
        .map(
            due -> {
              if (begunAt.isBefore(due)) {
                return now;
              }
              return every == null ? due.plus(Duration.ofDays(1)) : begunAt.plus(every);
            });
  }

  /** How long to wait before looking again. */
  public Duration look() {
    return every != null && every.compareTo(LOOK) < 0 ? every : LOOK;
  }
}
