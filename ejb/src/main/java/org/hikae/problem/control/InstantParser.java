package org.hikae.problem.control;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Times that clients send, in ISO 8601. Databases keep microseconds and disagree about years
 * outside those of any clock.
 */
public final class InstantParser {

  /** The first time that is taken. */
  public static final Instant FIRST = Instant.EPOCH;

  /** The last one. */
  public static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  /** What a text has to be, as clients are told. */
  public static final String MUST_BE = "a time such as 2026-11-26T15:00:00Z, from 1970 to 9999";

  /** Longest text that is looked at; the longest that is sensible has 35 characters. */
  private static final int MAX_CHARS = 64;

  private InstantParser() {}

  /** Whether a time is one that is taken. */
  public static boolean isTaken(Instant at) {
    return !at.isBefore(FIRST) && !at.isAfter(LAST);
  }

  /** The time in a text, to the microsecond; empty when it is none that is taken. */
  public static Optional<Instant> read(String text) {
    if (text.length() > MAX_CHARS) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text).truncatedTo(ChronoUnit.MICROS))
          .filter(InstantParser::isTaken);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The time in a text, to the microsecond, or a refusal that names the field. */
  public static Instant parse(String name, String text) {
    return read(text).orElseThrow(() -> Refusal.malformed(name + " must be " + MUST_BE + "."));
  }
}
