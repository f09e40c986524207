package org.hikae.enrollment.control;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.hikae.problem.boundary.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * When a version of the consent text begins to be shown, and until when earlier consents have to be
 * renewed.
 *
 * @param from from when on it is shown
 * @param reconsentBy until when earlier consents have to be renewed; null when they count on
 */
public record Publishing(Instant from, @Nullable Instant reconsentBy) {

  /** What {@code reconsentBy} says when earlier consents count on. */
  public static final String NONE = "none";

  /** Employees have at least so long to agree: nobody's backups pause over night. */
  public static final Duration MIN_NOTICE = Duration.ofDays(1);

  /** How far ahead times may lie. */
  public static final Duration MAX_AHEAD = Duration.ofDays(3 * 365);

  /** What an administrator sent; refused as malformed with the field named. */
  public static Publishing of(@Nullable String from, String reconsentBy, Instant now) {
    Instant begins = from == null ? micros(now) : time("from", from);
    if (from != null && (begins.isBefore(now) || begins.isAfter(now.plus(MAX_AHEAD)))) {
      throw Refusal.malformed("from must lie ahead, by at most " + MAX_AHEAD.toDays() + " days.");
    }
    if (reconsentBy.equals(NONE)) {
      return new Publishing(begins, null);
    }
    Instant due = time("reconsentBy", reconsentBy);
    if (due.isBefore(begins.plus(MIN_NOTICE)) || due.isAfter(begins.plus(MAX_AHEAD))) {
      throw Refusal.malformed(
          "reconsentBy must be none, or lie "
              + MIN_NOTICE.toDays()
              + " to "
              + MAX_AHEAD.toDays()
              + " days after the text is first shown.");
    }
    return new Publishing(begins, due);
  }

  private static Instant time(String field, String text) {
    try {
      return micros(Instant.parse(text));
    } catch (DateTimeParseException e) {
      throw Refusal.malformed(field + " must be a time such as 2030-01-31T00:00:00Z.");
    }
  }

  /** Both databases keep microseconds. */
  private static Instant micros(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS);
  }
}
