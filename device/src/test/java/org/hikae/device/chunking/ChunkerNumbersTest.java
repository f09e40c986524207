package org.hikae.device.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.hikae.testing.SpecNumbers;
import org.junit.jupiter.api.Test;

/** The numbers of the chunker are those of the specification (HK1-N-05). */
class ChunkerNumbersTest {

  @Test
  void of_the_chunker() {
    assertThat(SpecNumbers.of("chunker"))
        .isEqualTo(
            Map.of(
                "whole", (long) Chunker.WHOLE_BYTES,
                "least", (long) Chunker.MIN_BYTES,
                "most", (long) Chunker.MAX_BYTES,
                "window", (long) MacCutRule.WINDOW,
                "threshold-1", (long) PolynomialCutRule.THRESHOLD,
                "threshold-2", (long) MacCutRule.THRESHOLD));
    assertThat(PolynomialCutRule.WINDOW).isEqualTo(MacCutRule.WINDOW);
  }
}
