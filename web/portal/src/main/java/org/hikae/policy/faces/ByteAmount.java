package org.hikae.policy.faces;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * Bytes as people write them: a number and a unit that say exactly so many.
 *
 * @param text the number
 * @param unit one of {@link #UNITS}
 */
record ByteAmount(String text, String unit) {

  /** Units, each 1024 times the one before. */
  static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

  private static final int STEP = 1024;

  /** In the largest unit in which it is a whole number. */
  static ByteAmount of(long bytes) {
    long number = bytes;
    int unit = 0;
    while (number != 0 && number % STEP == 0 && unit < UNITS.size() - 1) {
      number /= STEP;
      unit++;
    }
    return new ByteAmount(Long.toString(number), UNITS.get(unit));
  }

  /**
   * How many bytes that is; the number may have a fraction.
   *
   * @throws ArithmeticException when that is no whole number of bytes, or too many
   * @throws NumberFormatException when the text is no number
   */
  long bytes() {
    BigInteger factor = BigInteger.valueOf(STEP).pow(Math.max(0, UNITS.indexOf(unit)));
    return new BigDecimal(text.strip()).multiply(new BigDecimal(factor)).longValueExact();
  }

  @Override
  public String toString() {
    return text + " " + unit;
  }
}
