package org.hikae.insight.value;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list of employees: what the last employee before it is sorted by, and who that is.
 *
 * @param value what they are sorted by, of the type that the order has; null when they have none
 * @param employeeId who
 */
public record EmployeeKeyset(@Nullable Object value, long employeeId) {

  /** The value as text, for a cursor; empty when there is none. */
  public String text() {
    return switch (value) {
      case null -> "";
      case Instant at -> Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at));
      default -> value.toString();
    };
  }

  /**
   * The place that {@link #text} named.
   *
   * @throws IllegalArgumentException when it can be no value of this order
   */
  public static EmployeeKeyset of(EmployeeFilter.Order order, String text, long employeeId) {
    if (text.isEmpty() && order.mayBeAbsent()) {
      return new EmployeeKeyset(null, employeeId);
    }
    Object value =
        switch (order) {
          case NAME -> text;
          case STANDING -> EmployeeFilter.EnrollmentStatus.valueOf(text);
          case DEVICES, STORED_BYTES -> Long.valueOf(text);
          case LAST_RUN, LAST_BACKUP -> instant(Long.parseLong(text));
        };
    return new EmployeeKeyset(value, employeeId);
  }

  private static Instant instant(long micros) {
    try {
      return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("no time", e);
    }
  }
}
