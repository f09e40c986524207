package org.hikae.transparency.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long caches may keep what the log gives them (HK1-X-08). */
class TransparencyLogResourceTest {

  @ParameterizedTest
  @CsvSource({
    "0/000, true",
    "entries/x001/067, true",
    "0/000.p/7, false",
    "entries/x001/067.p/255, false"
  })
  void only_what_is_full_stays_as_it_is_after_a_restore(String tile, boolean forever) {
    assertThat(TransparencyLogResource.cacheControl(tile).contains("immutable")).isEqualTo(forever);
  }
}
