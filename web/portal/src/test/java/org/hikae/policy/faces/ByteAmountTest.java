package org.hikae.policy.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteAmountTest {

  /** Exactly, so that what is shown can be saved again without changing it. */
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1000, 1 KB",
    "65536, 64 KiB",
    "1610612736, 1536 MiB",
    "107374182400, 100 GiB",
    "100000000000, 100 GB",
    "1125899906842624, 1024 TiB"
  })
  void bytes_are_shown_in_the_unit_with_the_shortest_number(long bytes, String shown) {
    ByteAmount amount = ByteAmount.of(bytes);
    assertThat(amount).hasToString(shown);
    assertThat(amount.bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, GiB, 1610612736",
    "500 GB, GiB, 500000000000",
    "500gb, GiB, 500000000000",
    "2TiB, B, 2199023255552",
    "3, KB, 3000"
  })
  void a_unit_behind_the_number_goes_before_the_chosen_one(String text, String unit, long bytes) {
    assertThat(ByteAmount.typed(text, unit).bytes()).isEqualTo(bytes);
  }

  @Test
  void what_is_no_whole_number_of_bytes_is_refused() {
    assertThatThrownBy(() -> ByteAmount.typed("0.3", "B").bytes())
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> ByteAmount.typed("9999999999", "TiB").bytes())
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> ByteAmount.typed("5 sacks", "GiB").bytes())
        .isInstanceOf(NumberFormatException.class);
  }
}
