package org.hikae.policy.faces;

import java.math.BigDecimal;
import java.util.List;

/**
 * A span of time as people write it: a number and a unit.
 *
 * @param text the number
 * @param unit {@code hours}, {@code days} or {@code weeks}
 */
record TimeAmount(String text, String unit) {

  private static final String HOURS = "hours";
  private static final String DAYS = "days";
  private static final String WEEKS = "weeks";

  /** Units in which a value can be filled in that counts these; none when it counts no time. */
  static List<String> units(String counted) {
    return switch (counted) {
      case HOURS -> List.of(HOURS, DAYS);
      case DAYS -> List.of(DAYS, WEEKS);
      default -> List.of();
    };
  }

  private static long hours(String unit) {
    return switch (unit) {
      case WEEKS -> 7 * 24;
      case DAYS -> 24;
      default -> 1;
    };
  }

  /**
   * How many of these units that is; the number may have a fraction.
   *
   * @throws ArithmeticException when that is no whole number of them
   * @throws NumberFormatException when the text is no number
   */
  long in(String counted) {
    return new BigDecimal(text.strip())
        .multiply(BigDecimal.valueOf(hours(unit)))
        .divide(BigDecimal.valueOf(hours(counted)))
        .longValueExact();
  }
}
