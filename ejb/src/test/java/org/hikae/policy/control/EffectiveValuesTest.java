package org.hikae.policy.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.policy.control.PolicyKey.HOLD_DAYS;
import static org.hikae.policy.control.PolicyKey.QUOTA_BYTES;
import static org.hikae.policy.control.PolicyKey.RETENTION_DAILY;
import static org.hikae.policy.control.PolicyKey.RETENTION_LAST;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.identity.view.GroupPaths;
import org.junit.jupiter.api.Test;

/** Who decides which value: employee, groups by rank, default, built in (HK1-P-01). */
class EffectiveValuesTest {

  private static final Set<String> BERLIN = GroupPaths.withParents(Set.of("/sales/berlin", "/car"));

  @Test
  void what_nobody_sets_is_built_in() {
    EffectiveValues effective = EffectiveValues.of(1, Set.of(), List.of());
    for (PolicyKey key : PolicyKey.values()) {
      assertThat(effective.get(key)).isEqualTo(new EffectiveValues.Sourced(key.builtIn(), null));
    }
  }

  @Test
  void employee_beats_group_beats_default_and_each_value_says_where_it_is_from() {
    PolicyStatement everybody =
        PolicyFixture.everybody(Map.of("holdDays", 60, "retentionLast", 5, "retentionDaily", 6));
    PolicyStatement sales =
        PolicyFixture.group("/sales", 10, Map.of("holdDays", 50, "retentionLast", 4));
    PolicyStatement own = PolicyFixture.employee(7, Map.of("holdDays", 40));
    EffectiveValues effective = EffectiveValues.of(7, BERLIN, List.of(everybody, own, sales));
    assertThat(effective.get(HOLD_DAYS)).isEqualTo(new EffectiveValues.Sourced(40L, own));
    assertThat(effective.get(RETENTION_LAST)).isEqualTo(new EffectiveValues.Sourced(4L, sales));
    assertThat(effective.get(RETENTION_DAILY))
        .isEqualTo(new EffectiveValues.Sourced(6L, everybody));
    assertThat(effective.get(QUOTA_BYTES).from()).isNull();
  }

  @Test
  void among_groups_the_lowest_rank_decides_value_by_value() {
    PolicyStatement car =
        PolicyFixture.group("/car", 20, Map.of("holdDays", 11, "retentionLast", 12));
    PolicyStatement berlin = PolicyFixture.group("/sales/berlin", 10, Map.of("holdDays", 21));
    PolicyStatement sales = PolicyFixture.group("/sales", 5, Map.of("quotaBytes", 9));
    EffectiveValues effective = EffectiveValues.of(1, BERLIN, List.of(car, berlin, sales));
    assertThat(effective.number(HOLD_DAYS)).isEqualTo(21);
    assertThat(effective.number(RETENTION_LAST)).isEqualTo(12);
    assertThat(effective.number(QUOTA_BYTES)).isEqualTo(9);
  }

  @Test
  void a_flag_is_what_was_said() {
    for (boolean shown : new boolean[] {true, false}) {
      PolicyStatement said = PolicyFixture.everybody(Map.of("showsLegalHold", shown));
      assertThat(EffectiveValues.of(1, Set.of(), List.of(said)).flag(PolicyKey.SHOWS_LEGAL_HOLD))
          .isEqualTo(shown);
    }
  }

  @Test
  void a_policy_says_nothing_to_those_it_does_not_cover() {
    List<PolicyStatement> policyStatement =
        List.of(
            PolicyFixture.group("/sales/tokyo", 1, Map.of("holdDays", 1)),
            PolicyFixture.group("/sal", 2, Map.of("holdDays", 2)),
            PolicyFixture.employee(8, Map.of("holdDays", 3)));
    assertThat(EffectiveValues.of(7, BERLIN, policyStatement).get(HOLD_DAYS).from()).isNull();
  }

  @Test
  void only_the_newest_is_what_one_or_none_by_last_alone_means() {
    assertThat(retention(0, 0).keepsNothing()).isTrue();
    assertThat(retention(1, 0).keepsNothing()).isFalse();
    assertThat(retention(1, 0).keepsOnlyNewest()).isTrue();
    assertThat(retention(2, 0).keepsOnlyNewest()).isFalse();
    assertThat(retention(0, 1).keepsOnlyNewest()).isFalse();
  }

  private static EffectiveValues retention(int last, int within) {
    return EffectiveValues.of(
        1,
        Set.of(),
        List.of(
            PolicyFixture.everybody(
                Map.of(
                    "retentionLast", last,
                    "retentionHourly", 0,
                    "retentionDaily", 0,
                    "retentionWeekly", 0,
                    "retentionMonthly", 0,
                    "retentionYearly", 0,
                    "retentionWithinDays", within))));
  }

  @Test
  void most_protection_goes_with_a_short_hold_or_with_all_but_the_newest() {
    EffectiveValues builtIn = EffectiveValues.of(1, Set.of(), List.of());
    assertThat(holdDays(6).dropsMostOf(builtIn)).isTrue();
    assertThat(holdDays(7).dropsMostOf(builtIn)).isFalse();
    assertThat(holdDays(5).dropsMostOf(holdDays(5))).isFalse();
    assertThat(holdDays(6).dropsMostOf(holdDays(5))).isFalse();
    assertThat(retention(1, 0).dropsMostOf(builtIn)).isTrue();
    assertThat(retention(1, 0).dropsMostOf(retention(1, 0))).isFalse();
    assertThat(retention(2, 0).dropsMostOf(builtIn)).isFalse();
  }

  private static EffectiveValues holdDays(int days) {
    return EffectiveValues.of(
        1, Set.of(), List.of(PolicyFixture.everybody(Map.of("holdDays", days))));
  }

  @Test
  void equal_values_from_elsewhere_are_the_same() {
    EffectiveValues builtIn = EffectiveValues.of(1, Set.of(), List.of());
    assertThat(holdDays(30).sameAs(builtIn)).isTrue();
    EffectiveValues quota =
        EffectiveValues.of(1, Set.of(), List.of(PolicyFixture.everybody(Map.of("quotaBytes", 5))));
    assertThat(quota.sameAs(builtIn)).isFalse();
    assertThat(quota.protectsAs(builtIn)).isTrue();
    assertThat(holdDays(29).protectsAs(builtIn)).isFalse();
  }
}
