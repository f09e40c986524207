package org.hikae.enrollment.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.hikae.problem.control.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a text begins to be shown and has to be agreed to. */
class PublicationScheduleTest {

  private static final Instant NOW = Instant.parse("2026-05-06T07:08:09.123456789Z");

  @Test
  void at_once_and_without_asking() {
    PublicationSchedule publicationSchedule = PublicationSchedule.of(null, "none", NOW);
    assertThat(publicationSchedule.from()).isEqualTo(Instant.parse("2026-05-06T07:08:09.123456Z"));
    assertThat(publicationSchedule.reconsentBy()).isNull();
  }

  @Test
  void later_and_with_a_day_at_least_to_agree() {
    Instant from = Instant.parse("2026-06-01T00:00:00Z");
    Instant due = PublicationSchedule.of(from, "2026-06-02T00:00:00Z", NOW).reconsentBy();
    assertThat(due).isEqualTo(from.plus(Duration.ofDays(1)));
    assertThatThrownBy(() -> PublicationSchedule.of(from, "2026-06-01T23:59:59Z", NOW))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("reconsentBy");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-05-06T07:08:08Z,none,from",
    "2039-01-01T00:00:00Z,none,from",
    ",2026-05-06T07:08:09Z,reconsentBy",
    ",2039-01-01T00:00:00Z,reconsentBy",
    ",2026-12-31,reconsentBy",
    ",None,reconsentBy",
    ",'',reconsentBy"
  })
  void what_fits_not_is_refused_with_its_name(Instant from, String by, String field) {
    assertThatThrownBy(() -> PublicationSchedule.of(from, by, NOW))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(field);
  }
}
