package org.hikae.caller.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DepartmentScopeTest {

  @Test
  void who_is_in_no_group_of_scopes_has_the_whole_company() {
    assertThat(DepartmentScope.of(List.of("/Sales", "/hikae-scopes/Sales", "/a/hikae-scope/b")))
        .isEqualTo(DepartmentScope.COMPANY);
    assertThat(DepartmentScope.of(List.of())).isEqualTo(DepartmentScope.COMPANY);
  }

  @Test
  void each_group_gives_its_department() {
    DepartmentScope scope =
        DepartmentScope.of(
            List.of("/hikae-scope/Sales/North", "/IT", "/hikae-scope/HR", "/hikae-scope/HR"));
    assertThat(scope.wholeCompany()).isFalse();
    assertThat(scope.departments()).containsExactly("/HR", "/Sales/North");
  }

  @ParameterizedTest
  @CsvSource({"/hikae-scope", "/Hikae-Scope", "/hikae-scope/"})
  void a_group_that_names_no_department_gives_nobody(String path) {
    DepartmentScope scope = DepartmentScope.of(List.of(path));
    assertThat(scope.wholeCompany()).isFalse();
    assertThat(scope.departments()).isEmpty();
    assertThat(scope.includes("/Sales")).isFalse();
    assertThat(scope.condition("e.employeeId")).isEqualTo("1 = 0");
  }

  @Test
  void capital_letters_do_not_give_the_whole_company() {
    assertThat(DepartmentScope.of(List.of("/HIKAE-SCOPE/Sales")).departments())
        .containsExactly("/Sales");
  }

  @ParameterizedTest
  @CsvSource({
    "/Sales, true",
    "/Sales/North, true",
    "/Sales2, false",
    "/sales, false",
    "/, false",
    "/HR/Sales, false"
  })
  void a_department_has_the_groups_below_it(String path, boolean included) {
    assertThat(DepartmentScope.of(List.of("/hikae-scope/Sales")).includes(path))
        .isEqualTo(included);
    assertThat(DepartmentScope.COMPANY.includes(path)).isTrue();
  }

  @Test
  void of_too_many_departments_the_first_count() {
    List<String> many =
        IntStream.range(0, 1000).mapToObj(i -> "/hikae-scope/" + (1000 + i)).toList();
    assertThat(DepartmentScope.of(many).departments())
        .hasSize(DepartmentScope.MAX_DEPARTMENTS)
        .startsWith("/1000")
        .endsWith("/1049");
  }
}
