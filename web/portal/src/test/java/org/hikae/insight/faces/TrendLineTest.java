package org.hikae.insight.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendLineTest {

  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");

  @Test
  void days_are_as_far_apart_as_they_are_and_zero_is_at_the_lower_edge() {
    TrendLine trend =
        new TrendLine(
            List.of(
                new TrendLine.Point(FIRST, 0),
                new TrendLine.Point(FIRST.plusDays(1), 100),
                new TrendLine.Point(FIRST.plusDays(4), 25)),
            100);
    assertThat(trend.line()).isEqualTo("0.0,160.0 160.0,0.0 640.0,120.0");
    assertThat(trend.area()).isEqualTo("0.0,160.0 0.0,160.0 160.0,0.0 640.0,120.0 640.0,160.0");
  }

  @Test
  void one_day_is_a_point_at_the_left() {
    TrendLine trend = new TrendLine(List.of(new TrendLine.Point(FIRST, 5)), 10);
    assertThat(trend.line()).isEqualTo("0.0,80.0");
  }
}
