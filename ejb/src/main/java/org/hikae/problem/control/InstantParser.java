package org.hikae.problem.control;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Times that clients send, in the one form of ISO 8601 that the specification has (HK1-N-01): the
 * same in every client. Databases keep microseconds and disagree about years outside those of any
 * clock.
 */
public final class InstantParser {

  /** The first time that is taken. */
  public static final Instant FIRST = Instant.EPOCH;

  /** The last one. */
  public static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  /** What a text has to be, as clients are told. */
  public static final String MUST_BE = "a time such as 2026-11-26T15:00:00Z, from 1970 to 9999";

  /** Each part is of bounded length, so nothing long is looked at. */
  private static final Pattern FORM =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}(?:\\.[0-9]{1,9})?Z");

  private InstantParser() {}

  /** Whether a time is one that is taken. */
  public static boolean isTaken(Instant at) {
    return !at.isBefore(FIRST) && !at.isAfter(LAST);
  }

  /** The time in a text, to the microsecond; empty when it is none that is taken. */
  public static Optional<Instant> read(String text) {
    if (!FORM.matcher(text).matches()) {
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
