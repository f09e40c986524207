package org.hikae.policy.faces;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes as people write them: a number and a unit that say exactly so many.
 *
 * @param text the number
 * @param unit one of {@link #UNITS}
 */
record ByteAmount(String text, String unit) {

  /** Units to choose from: of 1024 and of 1000 bytes. */
  static final List<String> UNITS =
      List.of("B", "KiB", "MiB", "GiB", "TiB", "KB", "MB", "GB", "TB");

  private static final Pattern WITH_UNIT = Pattern.compile("(.*[0-9.])\\s*([A-Za-z]{1,3})");

  private static final int BINARY = 4;

  /** In the unit in which it is the smallest whole number. */
  static ByteAmount of(long bytes) {
    ByteAmount shortest = new ByteAmount(Long.toString(bytes), UNITS.getFirst());
    long least = bytes;
    for (String unit : UNITS) {
      long factor = factor(unit);
      if (bytes % factor == 0 && bytes / factor < least) {
        least = bytes / factor;
        shortest = new ByteAmount(Long.toString(least), unit);
      }
    }
    return shortest;
  }

  /** What was typed; a unit behind the number goes before the one that was chosen. */
  static ByteAmount typed(String text, String unit) {
    Matcher parts = WITH_UNIT.matcher(text.strip());
    if (!parts.matches()) {
      return new ByteAmount(text, unit);
    }
    String own = parts.group(2);
    return UNITS.stream()
        .filter(own::equalsIgnoreCase)
        .findFirst()
        .map(known -> new ByteAmount(parts.group(1), known))
        .orElseGet(() -> new ByteAmount(text, unit));
  }

  private static long factor(String unit) {
    int index = Math.max(0, UNITS.indexOf(unit));
    long step = index <= BINARY ? 1024 : 1000;
    int power = index <= BINARY ? index : index - BINARY;
    long factor = 1;
    for (int i = 0; i < power; i++) {
      factor *= step;
    }
    return factor;
  }

  /**
   * How many bytes that is; the number may have a fraction.
   *
   * @throws ArithmeticException when that is no whole number of bytes, or too many
   * @throws NumberFormatException when the text is no number
   */
  long bytes() {
    return new BigDecimal(text.strip()).multiply(BigDecimal.valueOf(factor(unit))).longValueExact();
  }

  @Override
  public String toString() {
    return text + " " + unit;
  }
}
