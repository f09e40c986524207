package org.hikae.policy.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeAmountTest {

  @ParameterizedTest
  @CsvSource({
    "30, days, days, 30",
    "2, weeks, days, 14",
    "1, days, hours, 24",
    "0.5, days, hours, 12",
    "12, hours, hours, 12"
  })
  void a_span_is_counted_in_the_unit_of_its_value(
      String text, String unit, String counted, long number) {
    assertThat(new TimeAmount(text, unit).in(counted)).isEqualTo(number);
  }

  @Test
  void a_part_of_a_unit_is_refused() {
    assertThatThrownBy(() -> new TimeAmount("0.1", "weeks").in("days"))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> new TimeAmount("soon", "days").in("days"))
        .isInstanceOf(NumberFormatException.class);
  }

  @Test
  void only_spans_of_time_have_a_choice_of_units() {
    assertThat(TimeAmount.units("days")).containsExactly("days", "weeks");
    assertThat(TimeAmount.units("hours")).containsExactly("hours", "days");
    assertThat(TimeAmount.units("snapshots")).isEmpty();
  }
}
