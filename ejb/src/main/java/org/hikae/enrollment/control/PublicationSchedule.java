package org.hikae.enrollment.control;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.hikae.problem.control.InstantParser;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * When a version of the consent text begins to be shown, and until when earlier consents have to be
 * renewed.
 *
 * @param from from when on it is shown
 * @param reconsentBy until when earlier consents have to be renewed; null when they count on
 */
public record PublicationSchedule(Instant from, @Nullable Instant reconsentBy) {

  /** What {@code reconsentBy} says when earlier consents count on. */
  public static final String NONE = "none";

  /** Employees have at least so long to agree: nobody's backups pause over night. */
  public static final Duration MIN_NOTICE = Duration.ofDays(1);

  /** How far ahead times may lie. */
  public static final Duration MAX_AHEAD = Duration.ofDays(3 * 365);

  /** What an administrator sent; refused as malformed with the field named. */
  public static PublicationSchedule of(@Nullable Instant from, String reconsentBy, Instant now) {
    Instant begins = from == null ? now.truncatedTo(ChronoUnit.MICROS) : from;
    if (from != null && (begins.isBefore(now) || begins.isAfter(now.plus(MAX_AHEAD)))) {
      throw Refusal.malformed("from must lie ahead, by at most " + MAX_AHEAD.toDays() + " days.");
    }
    if (reconsentBy.equals(NONE)) {
      return new PublicationSchedule(begins, null);
    }
    Instant due = InstantParser.parse("reconsentBy", reconsentBy);
    if (due.isBefore(begins.plus(MIN_NOTICE)) || due.isAfter(begins.plus(MAX_AHEAD))) {
      throw Refusal.malformed(
          "reconsentBy must be none, or lie "
              + MIN_NOTICE.toDays()
              + " to "
              + MAX_AHEAD.toDays()
              + " days after the text is first shown.");
    }
    return new PublicationSchedule(begins, due);
  }
}
