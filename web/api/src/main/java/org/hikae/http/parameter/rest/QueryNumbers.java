package org.hikae.http.parameter.rest;

import java.util.regex.Pattern;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Numbers in query strings, paths and headers, in digits of ASCII. JAX-RS would answer 404 to one
 * that is no number; that is a malformed request.
 */
public final class QueryNumbers {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,19}");

  private QueryNumbers() {}

  /**
   * The number in {@code text}, or {@code otherwise} when absent; from {@code min} to {@code max}.
   */
  public static int between(String name, @Nullable String text, int otherwise, int min, int max) {
    return Math.toIntExact(longBetween(name, text, otherwise, min, max));
  }

  /**
   * The number in {@code text}, or {@code otherwise} when absent; from {@code min} to {@code max}.
   */
  public static long longBetween(
      String name, @Nullable String text, long otherwise, long min, long max) {
    if (text == null) {
      return otherwise;
    }
    // What Java takes for digits are those of every script, and a plus sign before them.
    if (NUMBER.matcher(text).matches()) {
      try {
        long value = Long.parseLong(text);
        if (value >= min && value <= max) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Falls through: not a number and out of bounds are told the same.
      }
    }
    throw Refusal.malformed(name + " must be a number from " + min + " to " + max + ".");
  }

  /** An identifier in a path: a positive number. */
  public static long id(String name, String text) {
    return longBetween(name, text, 0, 1, Long.MAX_VALUE);
  }

  /** An identifier to go on from; null when absent. */
  public static @Nullable Long cursor(String name, @Nullable String text) {
    return text == null ? null : (Long) id(name, text);
  }
}
