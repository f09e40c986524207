package org.hikae.insight.control;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.hikae.insight.value.EmployeeFilter;
import org.hikae.insight.value.EmployeeKeyset;
import org.hikae.problem.control.InstantParser;
import org.hikae.problem.control.PlainTextCheck;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** The text by which a client asks for the next page of employees; it means nothing to them. */
public final class EmployeeCursor {

  /** Longest cursor: a display name of 255 characters, and who has it. */
  private static final int MAX_CHARS = 1500;

  private EmployeeCursor() {}

  /** The cursor of a place; null where there is none. */
  public static @Nullable String of(EmployeeFilter filter, @Nullable EmployeeKeyset place) {
    if (place == null) {
      return null;
    }
    String text = mark(filter) + place.employeeId() + ":" + place.text();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The place that a cursor names; refused when it was given for another order. */
  public static @Nullable EmployeeKeyset place(EmployeeFilter filter, @Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    try {
      if (cursor.length() > MAX_CHARS) {
        throw new IllegalArgumentException("too long");
      }
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      String mark = mark(filter);
      int colon = text.indexOf(':', mark.length());
      if (!text.startsWith(mark) || colon == -1 || !PlainTextCheck.isStorable(text)) {
        throw new IllegalArgumentException("of another order");
      }
      EmployeeKeyset place =
          EmployeeKeyset.of(
              filter.order(),
              text.substring(colon + 1),
              Long.parseLong(text.substring(mark.length(), colon)));
      if (place.value() instanceof Instant at && !InstantParser.isTaken(at)) {
        throw new IllegalArgumentException("no time");
      }
      return place;
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed(
          "cursor must be what the page before, of the same order, gave as next.");
    }
  }

  private static String mark(EmployeeFilter filter) {
    return filter.order() + (filter.descending() ? "-" : "+");
  }
}
