package org.hikae.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumberTextTest {

  @Test
  void bytes_have_the_largest_unit_that_leaves_a_number() {
    assertThat(NumberText.bytes(0)).isEqualTo("0 B");
    assertThat(NumberText.bytes(1023)).isEqualTo("1023 B");
    assertThat(NumberText.bytes(1024)).isEqualTo("1.0 KiB");
    assertThat(NumberText.bytes(1536)).isEqualTo("1.5 KiB");
    assertThat(NumberText.bytes(100L * 1024 * 1024 * 1024)).isEqualTo("100 GiB");
    assertThat(NumberText.bytes(Long.MAX_VALUE)).isEqualTo("8192 PiB");
  }

  @Test
  void counts_have_separators() {
    assertThat(NumberText.count(1_234_567)).isEqualTo("1,234,567");
  }
}
