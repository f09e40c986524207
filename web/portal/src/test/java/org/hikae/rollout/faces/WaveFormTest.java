package org.hikae.rollout.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.hikae.problem.control.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a filled in wave asks for. */
class WaveFormTest {

  private static final String NO_TIME =
      "startsAt must be a time such as 2026-11-26T15:00:00Z, from 1970 to 9999.";

  private final WaveForm form = new WaveForm();

  @Test
  void the_time_that_a_browser_sends_is_in_utc() {
    form.setStartsAt("2026-12-01T08:30");
    assertThat(form.put().startsAt()).isEqualTo(Instant.parse("2026-12-01T08:30:00Z"));
    form.setStartsAt("2026-12-01T08:30:15");
    assertThat(form.put().startsAt()).isEqualTo(Instant.parse("2026-12-01T08:30:15Z"));
  }

  @Test
  void without_a_time_it_begins_when_it_can() {
    assertThat(form.put().startsAt()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tomorrow",
        "2026-12-01",
        "2026-12-01T08:30:00+09:00",
        "1969-12-31T23:59",
        "+10000-01-01T00:00"
      })
  void another_time_is_refused_as_over_rest(String typed) {
    form.setStartsAt(typed);
    assertThatThrownBy(form::put)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(NO_TIME));
  }
}
