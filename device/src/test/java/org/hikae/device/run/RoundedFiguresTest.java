package org.hikae.device.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.hikae.device.vectors.SpecVectors;
import org.hikae.testing.SpecNumbers;
import org.junit.jupiter.api.Test;

/** Figures in docs/spec/vectors/snapshot.json and numbers.tsv (HK1-S-22). */
class RoundedFiguresTest {

  @Test
  void numbers_of_the_specification() {
    assertThat(SpecNumbers.of("told"))
        .isEqualTo(
            Map.of("bits", (long) RoundedFigures.BITS, "least-bytes", RoundedFigures.LEAST_BYTES));
  }

  @Test
  void counts() {
    follow("counts", RoundedFigures::count);
  }

  @Test
  void bytes() {
    follow("bytes", RoundedFigures::bytes);
  }

  private static void follow(String list, LongUnaryOperator told) {
    JsonNode figures = SpecVectors.of("snapshot.json").at("told").at(list).node();
    assertThat(figures).hasSizeGreaterThan(20);
    for (JsonNode each : figures) {
      long exact = each.get(0).longValue();
      long rounded = each.get(1).longValue();
      assertThat(told.applyAsLong(exact)).as("of %s", exact).isEqualTo(rounded);
      assertThat(told.applyAsLong(rounded)).as("again of %s", rounded).isEqualTo(rounded);
    }
  }
}
