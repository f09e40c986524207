package org.hikae.insight.report.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import org.hikae.insight.report.value.MonthlyReportRow;
import org.hikae.policy.entity.PolicyScope;
import org.hikae.policy.entity.PolicyVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which values a version of a policy changed. */
class MonthlyReportPolicyReaderTest {

  private static final Instant AT = Instant.parse("2026-11-05T06:07:08Z");

  private static PolicyVersion version(String scope, @Nullable Integer rank, String statement) {
    return new PolicyVersion(new PolicyScope(scope), rank, statement, AT, "https://id", "ann");
  }

  @Test
  void each_value_that_changed_is_told_with_old_and_new_and_who_decided() {
    PolicyVersion before = version("group/sales", 3, "{\"holdDays\":14,\"quotaBytes\":1000000000}");
    PolicyVersion after =
        version("group/sales", 4, "{\"holdDays\":7,\"quotaBytes\":1000000000}")
            .approvedBy("https://id", "bob");
    List<MonthlyReportRow> rows = MonthlyReportPolicyReader.changes(after, before, 5);
    assertThat(rows)
        .extracting(MonthlyReportRow::name, MonthlyReportRow::values)
        .containsExactly(
            tuple("5", row("group/sales", "holdDays", "14", "7")),
            tuple("6", row("group/sales", "rank", "3", "4")));
  }

  private static List<String> row(String scope, String key, String old, String fresh) {
    return List.of(AT.toString(), scope, key, old, fresh, "https://id ann", "https://id bob");
  }

  @Test
  void a_first_version_has_no_old_values_and_of_an_employee_no_number_is_told() {
    PolicyVersion first = version("employee/4711", null, "{\"holdDays\":14}");
    assertThat(MonthlyReportPolicyReader.changes(first, null, 1))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.values())
                    .containsExactly(
                        AT.toString(), "employee", "holdDays", "", "14", "https://id ann", ""));
  }

  @Test
  void a_version_that_sets_nothing_any_more_tells_what_it_was() {
    PolicyVersion before = version("default", null, "{\"holdDays\":14}");
    PolicyVersion after = version("default", null, "{}");
    assertThat(MonthlyReportPolicyReader.changes(after, before, 1))
        .singleElement()
        .satisfies(row -> assertThat(row.values()).contains("default", "14", ""));
  }
}
