package org.hikae.vault.bench;

import java.util.Arrays;

/**
 * Measured values of one kind, in any order.
 *
 * @param values at least one
 */
record Samples(double[] values) {

  Samples {
    values = values.clone();
    Arrays.sort(values);
  }

  /** The smallest value that {@code percent} of all do not exceed. */
  double percentile(double percent) {
    int rank = (int) Math.ceil(percent / 100 * values.length);
    return values[Math.max(rank, 1) - 1];
  }

  double median() {
    return percentile(50);
  }
}
