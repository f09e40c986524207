package org.hikae.insight.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendDiagramTest {

  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");

  @Test
  void days_are_as_far_apart_as_they_are_and_zero_is_at_the_lower_edge() {
    TrendDiagram trend =
        new TrendDiagram(
            List.of(
                new TrendDiagram.Point(FIRST, 0),
                new TrendDiagram.Point(FIRST.plusDays(1), 100),
                new TrendDiagram.Point(FIRST.plusDays(4), 25)),
            100);
    assertThat(trend.line()).isEqualTo("0.0,160.0 160.0,0.0 640.0,120.0");
    assertThat(trend.area()).isEqualTo("0.0,160.0 0.0,160.0 160.0,0.0 640.0,120.0 640.0,160.0");
  }

  @Test
  void one_day_is_a_point_at_the_left() {
    TrendDiagram trend = new TrendDiagram(List.of(new TrendDiagram.Point(FIRST, 5)), 10);
    assertThat(trend.line()).isEqualTo("0.0,80.0");
  }
}
