package org.hikae.policy.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.policy.control.PolicyImpact.FormerHoldPeriod;
import org.hikae.policy.control.PolicyImpact.Weaker;
import org.junit.jupiter.api.Test;

/** What a change does to whom, and what makes it need a second administrator (HK1-P-04). */
class PolicyImpactTest {

  private static final Map<Long, Set<String>> COMPANY =
      Map.of(
          1L, Set.of("/sales/emea"),
          2L, Set.of("/sales"),
          3L, Set.of("/sales", "/car"),
          4L, Set.of());
  private static final Map<Long, Set<String>> SALES =
      Map.of(1L, Set.of("/sales/emea"), 2L, Set.of("/sales"), 3L, Set.of("/sales", "/car"));

  private static PolicyImpact of(
      PolicyStatement policyStatement,
      List<PolicyStatement> before,
      Map<Long, Set<String>> members) {
    List<PolicyStatement> after = new ArrayList<>(before);
    after.removeIf(one -> one.scope().equals(policyStatement.scope()));
    after.add(policyStatement);
    return PolicyImpact.of(policyStatement.scope(), before, after, members);
  }

  @Test
  void a_shorter_hold_for_everybody_is_weaker_for_everybody() {
    PolicyImpact judged = of(PolicyFixture.everybody(Map.of("holdDays", 20)), List.of(), COMPANY);
    assertThat(judged.people()).isEqualTo(4);
    assertThat(judged.affected()).isEqualTo(4);
    assertThat(judged.weaker()).containsExactly(new Weaker(PolicyKey.HOLD_DAYS, 30L, 20L, 4));
    assertThat(judged.weakens()).isTrue();
    assertThat(judged.dropsMost()).isFalse();
  }

  /** One administrator alone could blind the portal before files are encrypted. */
  @Test
  void switching_alarms_off_or_making_them_later_is_weaker() {
    Map<String, Object> fewer = Map.of("changeAlarmPercent", 0, "changeAlarmPeople", 4);
    PolicyImpact judged = of(PolicyFixture.everybody(fewer), List.of(), COMPANY);
    assertThat(judged.weaker())
        .containsExactly(
            new Weaker(PolicyKey.CHANGE_ALARM_PERCENT, 20L, 0L, 4),
            new Weaker(PolicyKey.CHANGE_ALARM_PEOPLE, 3L, 4L, 4));
    Map<String, Object> more = Map.of("changeAlarmPercent", 10, "changeAlarmPeople", 2);
    assertThat(of(PolicyFixture.everybody(more), List.of(), COMPANY).weakens()).isFalse();
    assertThat(PolicyKey.CHANGE_ALARM_PERCENT.weaker(0L, 100L)).as("better than none").isFalse();
  }

  @Test
  void a_few_of_those_affected_are_named_and_how_long_the_old_hold_counts() {
    List<PolicyStatement> before =
        List.of(
            PolicyFixture.group("/sales", 1, Map.of("holdDays", 60)),
            PolicyFixture.employee(4, Map.of("holdDays", 5)));
    List<PolicyStatement> after =
        List.of(
            PolicyFixture.everybody(Map.of("holdDays", 20)),
            PolicyFixture.employee(4, Map.of("holdDays", 5)));
    PolicyImpact judged = PolicyImpact.of(new PolicyScopeId.Everybody(), before, after, COMPANY);
    assertThat(judged.examples()).containsExactly(1L, 2L, 3L);
    assertThat(judged.formerHoldPeriod())
        .as("of whoever comes later, and of the group")
        .contains(new FormerHoldPeriod(30, 60));
    Map<Long, Set<String>> many = new HashMap<>();
    for (long id = 1; id <= 100; id++) {
      many.put(id, Set.of());
    }
    PolicyImpact more = of(PolicyFixture.everybody(Map.of("holdDays", 40)), List.of(), many);
    assertThat(more.examples()).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(more.formerHoldPeriod()).as("nothing protects less").isEmpty();
  }

  @Test
  void those_are_not_counted_for_whom_another_policy_decides() {
    List<PolicyStatement> before =
        List.of(
            PolicyFixture.group("/sales", 1, Map.of("holdDays", 40)),
            PolicyFixture.employee(4, Map.of("holdDays", 20)));
    PolicyImpact judged = of(PolicyFixture.everybody(Map.of("holdDays", 20)), before, COMPANY);
    assertThat(judged.affected()).isZero();
    assertThat(judged.weaker())
        .as("whoever joins later and is in no group")
        .containsExactly(new Weaker(PolicyKey.HOLD_DAYS, 30L, 20L, 0));
  }

  @Test
  void a_policy_for_a_group_without_people_is_judged_too() {
    PolicyImpact judged =
        of(PolicyFixture.group("/empty", 1, Map.of("retentionDaily", 2)), List.of(), Map.of());
    assertThat(judged.people()).isZero();
    assertThat(judged.weaker()).containsExactly(new Weaker(PolicyKey.RETENTION_DAILY, 14L, 2L, 0));
  }

  @Test
  void another_rank_alone_can_weaken() {
    List<PolicyStatement> before =
        List.of(
            PolicyFixture.group("/sales", 5, Map.of("holdDays", 90)),
            PolicyFixture.group("/car", 9, Map.of("holdDays", 30)));
    PolicyImpact judged =
        of(
            PolicyFixture.group("/car", 1, Map.of("holdDays", 30)),
            before,
            Map.of(3L, Set.of("/sales", "/car")));
    assertThat(judged.weaker()).containsExactly(new Weaker(PolicyKey.HOLD_DAYS, 90L, 30L, 1));
  }

  @Test
  void removing_a_policy_that_kept_more_weakens() {
    PolicyStatement kept = PolicyFixture.employee(4, Map.of("holdDays", 90));
    PolicyStatement removed =
        new PolicyStatement(kept.scope(), 2, null, PolicyValues.NONE, PolicyFixture.START);
    PolicyImpact judged = of(removed, List.of(kept), Map.of(4L, Set.of()));
    assertThat(judged.weaker()).containsExactly(new Weaker(PolicyKey.HOLD_DAYS, 90L, 30L, 1));
  }

  @Test
  void an_employees_policy_is_judged_by_their_groups() {
    List<PolicyStatement> before = List.of(PolicyFixture.group("/car", 1, Map.of("holdDays", 10)));
    PolicyImpact judged =
        of(PolicyFixture.employee(3, Map.of("holdDays", 12)), before, Map.of(3L, Set.of("/car")));
    assertThat(judged.weakens()).isFalse();
    assertThat(judged.affected()).isEqualTo(1);
  }

  @Test
  void an_employee_whom_nobody_knows_is_judged_too() {
    PolicyImpact judged =
        of(PolicyFixture.employee(9, Map.of("holdDays", 12)), List.of(), Map.of());
    assertThat(judged.weaker()).containsExactly(new Weaker(PolicyKey.HOLD_DAYS, 30L, 12L, 0));
  }

  @Test
  void what_is_weaker_is_told_in_order() {
    List<PolicyStatement> before =
        List.of(
            PolicyFixture.group("/a", 1, Map.of("holdDays", 60)),
            PolicyFixture.group("/b", 2, Map.of("holdDays", 50)),
            PolicyFixture.group("/c", 3, Map.of("holdDays", 50)));
    List<PolicyStatement> after =
        List.of(
            PolicyFixture.group("/a", 1, Map.of("holdDays", 20, "retentionDaily", 2)),
            PolicyFixture.group("/b", 2, Map.of("holdDays", 20, "leaverKeepDays", 5)),
            PolicyFixture.group("/c", 3, Map.of("holdDays", 10)));
    PolicyImpact judged =
        PolicyImpact.of(
            new PolicyScopeId.Everybody(),
            before,
            after,
            Map.of(1L, Set.of("/a"), 2L, Set.of("/b"), 3L, Set.of("/c")));
    assertThat(judged.weaker())
        .containsExactly(
            new Weaker(PolicyKey.RETENTION_DAILY, 14L, 2L, 1),
            new Weaker(PolicyKey.HOLD_DAYS, 50L, 10L, 1),
            new Weaker(PolicyKey.HOLD_DAYS, 50L, 20L, 1),
            new Weaker(PolicyKey.HOLD_DAYS, 60L, 20L, 1),
            new Weaker(PolicyKey.LEAVER_KEEP_DAYS, 90L, 5L, 1));
  }

  @Test
  void at_most_a_hundred_lines_are_told() {
    List<PolicyStatement> before = new ArrayList<>();
    List<PolicyStatement> after = new ArrayList<>();
    Map<Long, Set<String>> members = new HashMap<>();
    for (int i = 0; i <= PolicyImpact.MAX_WEAKER; i++) {
      before.add(PolicyFixture.group("/g" + i, i, Map.of("holdDays", 1000 + i)));
      after.add(PolicyFixture.group("/g" + i, i, Map.of("holdDays", 20)));
      members.put((long) i, Set.of("/g" + i));
    }
    PolicyImpact judged = PolicyImpact.of(new PolicyScopeId.Everybody(), before, after, members);
    assertThat(judged.weaker()).hasSize(PolicyImpact.MAX_WEAKER);
    assertThat(judged.weaker().getLast().from()).isEqualTo(1099L);
  }

  @Test
  void more_protection_another_quota_and_hiding_a_hold_weaken_nothing() {
    PolicyImpact judged =
        of(
            PolicyFixture.group(
                "/sales",
                1,
                Map.of(
                    "holdDays", 31,
                    "retentionLast", 11,
                    "quotaBytes", 1,
                    "heldBytes", 0,
                    "showsLegalHold", false)),
            List.of(),
            SALES);
    assertThat(judged.weakens()).isFalse();
    assertThat(judged.affected()).isEqualTo(3);
    assertThat(judged.dropsMost()).isFalse();
  }

  @Test
  void a_retention_of_nothing_is_seen_even_when_two_policies_make_it_together() {
    List<PolicyStatement> before =
        List.of(
            PolicyFixture.everybody(
                Map.of(
                    "retentionHourly", 0,
                    "retentionDaily", 0,
                    "retentionWeekly", 0,
                    "retentionMonthly", 0,
                    "retentionYearly", 0,
                    "retentionWithinDays", 0)));
    PolicyImpact nothing =
        of(PolicyFixture.group("/sales", 1, Map.of("retentionLast", 0)), before, SALES);
    assertThat(nothing.keepsNothing()).isTrue();
    PolicyImpact newest =
        of(PolicyFixture.group("/sales", 1, Map.of("retentionLast", 1)), before, SALES);
    assertThat(newest.keepsNothing()).isFalse();
    assertThat(newest.dropsMost()).isTrue();
  }

  @Test
  void a_company_of_a_hundred_thousand_is_judged_by_the_kinds_of_people_in_it() {
    Map<Long, Set<String>> many = new HashMap<>();
    for (long id = 1; id <= 100_000; id++) {
      many.put(id, Set.of("/department-" + id % 300, "/site-" + id % 7));
    }
    List<PolicyStatement> before = new ArrayList<>();
    for (int group = 0; group < 300; group++) {
      before.add(PolicyFixture.group("/department-" + group, group + 1, Map.of("holdDays", 40)));
    }
    PolicyImpact judged = of(PolicyFixture.everybody(Map.of("retentionLast", 1)), before, many);
    assertThat(judged.weaker())
        .containsExactly(new Weaker(PolicyKey.RETENTION_LAST, 10L, 1L, 100_000));
  }
}
