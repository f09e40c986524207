package org.hikae.insight.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.hikae.insight.report.value.DepartmentSum;
import org.junit.jupiter.api.Test;

class SmallDepartmentRulesTest {

  private static DepartmentSum of(String path, long employees) {
    return new DepartmentSum(path, employees, employees, employees - 1, 1);
  }

  private static List<DepartmentSum> grouped(List<DepartmentSum> departments) {
    return SmallDepartmentRules.grouped(
        departments,
        DepartmentSum::employees,
        DepartmentSum::path,
        DepartmentSum.OTHERS,
        DepartmentSum::with);
  }

  private static List<DepartmentSum> grouped(DepartmentSum... departments) {
    return grouped(List.of(departments));
  }

  @Test
  void five_people_are_shown_and_four_only_with_others() {
    assertThat(grouped(of("/b", 5), of("/a", 9))).containsExactly(of("/a", 9), of("/b", 5));
    assertThat(grouped(of("/a", 9), of("/b", 4), of("/c", 3)))
        .containsExactly(of("/a", 9), new DepartmentSum("others", 7, 7, 5, 2));
  }

  @Test
  void what_is_put_together_is_not_about_few_people_either() {
    // The two would be known by themselves; so the smallest of the large ones joins them.
    assertThat(grouped(of("/a", 9), of("/b", 6), of("/c", 2)))
        .containsExactly(of("/a", 9), new DepartmentSum("others", 8, 8, 6, 2));
    assertThat(grouped(of("/a", 9), of("/c", 2)))
        .containsExactly(new DepartmentSum("others", 11, 11, 9, 2));
  }

  @Test
  void of_so_few_people_in_all_nothing_is_shown() {
    assertThat(grouped(of("/a", 2), of("/b", 2))).isEmpty();
    assertThat(grouped()).isEmpty();
  }

  @Test
  void of_many_the_largest_are_shown() {
    List<DepartmentSum> many =
        IntStream.rangeClosed(1, SmallDepartmentRules.MOST + 2)
            .mapToObj(number -> of("/" + number, 10L + number))
            .toList();
    List<DepartmentSum> shown = grouped(many);
    assertThat(shown).hasSize(SmallDepartmentRules.MOST + 1).contains(of("/3", 13));
    assertThat(shown.getLast()).isEqualTo(new DepartmentSum("others", 23, 23, 21, 2));
  }
}
