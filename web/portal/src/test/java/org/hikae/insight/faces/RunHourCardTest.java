package org.hikae.insight.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hikae.insight.value.RunHourCount;
import org.junit.jupiter.api.Test;

class RunHourCardTest {

  @Test
  void an_hours_results_stand_upon_each_other_and_the_largest_hour_reaches_the_upper_edge() {
    assertThat(
            RunHourCard.columns(
                List.of(
                    new RunHourCount(0, 0, 0, 0),
                    new RunHourCount(3, 50, 20, 10),
                    new RunHourCount(23, 0, 0, 40))))
        .containsExactly(
            new RunHourCard.RunColumn("failed", "82.7", "120.0", "21.3", "40.0"),
            new RunHourCard.RunColumn("open", "82.7", "100.0", "21.3", "20.0"),
            new RunHourCard.RunColumn("done", "82.7", "0.0", "21.3", "100.0"),
            new RunHourCard.RunColumn("open", "616.0", "80.0", "21.3", "80.0"));
  }

  @Test
  void without_runs_there_is_nothing_to_draw() {
    assertThat(RunHourCard.columns(List.of(new RunHourCount(0, 0, 0, 0)))).isEmpty();
  }
}
