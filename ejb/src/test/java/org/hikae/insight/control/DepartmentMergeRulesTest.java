package org.hikae.insight.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hikae.insight.view.RecoveryRow;
import org.junit.jupiter.api.Test;

/** No department is shown that is so small that its figures would say who it is. */
class DepartmentMergeRulesTest {

  private static RecoveryRow row(String path, long people, long proven) {
    return new RecoveryRow(path, people, proven, proven, proven);
  }

  @Test
  void small_departments_are_one_row_at_the_end() {
    assertThat(
            DepartmentMergeRules.merged(
                List.of(row("/b", 9, 3), row("/c", 3, 1), row("/a", 5, 5), row("/d", 2, 0))))
        .containsExactly(row("/a", 5, 5), row("/b", 9, 3), row("", 5, 1));
  }

  @Test
  void a_single_small_one_takes_the_next_smallest_with_it() {
    assertThat(
            DepartmentMergeRules.merged(List.of(row("/a", 6, 2), row("/b", 9, 3), row("/c", 1, 1))))
        .containsExactly(row("/b", 9, 3), row("", 7, 3));
  }

  @Test
  void too_few_all_together_are_not_shown() {
    assertThat(DepartmentMergeRules.merged(List.of(row("/a", 4, 4), row("/b", 0, 0)))).isEmpty();
  }
}
