package org.hikae.device.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.hikae.device.vectors.SpecVectors;
import org.junit.jupiter.api.Test;

/** Sizes in docs/spec/vectors/snapshot.json (HK1-N-04). */
class PadmePaddingTest {

  @Test
  void sizes() {
    JsonNode sizes = SpecVectors.of("snapshot.json").at("padme").node();
    assertThat(sizes).hasSizeGreaterThan(10);
    for (JsonNode each : sizes) {
      assertThat(PadmePadding.size(each.get(0).longValue()))
          .as("of %s", each.get(0))
          .isEqualTo(each.get(1).longValue());
    }
  }
}
