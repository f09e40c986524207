package org.hikae.policy.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.identity.view.GroupHistory;
import org.hikae.identity.view.GroupHistory.Move;
import org.hikae.policy.control.CountingPolicy.FormerValue;
import org.junit.jupiter.api.Test;

/** A shorter hold and a weaker retention take effect only after the old hold period (HK1-P-06). */
class PolicyHistoryTest {

  private static final GroupHistory NO_GROUPS = new GroupHistory(Set.of(), List.of());

  private static Instant day(int day) {
    return PolicyFixture.START.plus(Duration.ofDays(day));
  }

  private static List<Long> holds(
      GroupHistory groups, List<PolicyStatement> versions, Instant now) {
    return PolicyHistory.counting(1, groups, versions, now).stream()
        .map(counting -> counting.values().number(PolicyKey.HOLD_DAYS))
        .toList();
  }

  @Test
  void what_is_built_in_counts_alone_at_first() {
    assertThat(holds(NO_GROUPS, List.of(), day(0))).containsExactly(30L);
  }

  @Test
  void a_shorter_hold_counts_beside_the_old_one_until_that_has_passed() {
    List<PolicyStatement> versions =
        List.of(PolicyFixture.everybody(1, Map.of("holdDays", 10), day(5)));
    assertThat(holds(NO_GROUPS, versions, day(5))).containsExactly(10L, 30L);
    assertThat(holds(NO_GROUPS, versions, day(35).minusNanos(1))).containsExactly(10L, 30L);
    assertThat(holds(NO_GROUPS, versions, day(35))).containsExactly(10L);
  }

  @Test
  void a_weaker_retention_counts_beside_the_old_one_for_the_old_hold() {
    List<PolicyStatement> versions =
        List.of(
            PolicyFixture.everybody(1, Map.of("holdDays", 20, "retentionDaily", 100), day(0)),
            PolicyFixture.everybody(2, Map.of("holdDays", 20, "retentionDaily", 1), day(100)));
    List<CountingPolicy> counting = PolicyHistory.counting(1, NO_GROUPS, versions, day(119));
    assertThat(counting)
        .extracting(one -> one.values().number(PolicyKey.RETENTION_DAILY))
        .containsExactly(1L, 100L);
    assertThat(PolicyHistory.counting(1, NO_GROUPS, versions, day(120))).hasSize(1);
  }

  /** What devices show beside a value that is smaller now. */
  @Test
  void a_value_that_was_more_is_told_until_it_stops_counting() {
    List<PolicyStatement> versions =
        List.of(
            PolicyFixture.everybody(1, Map.of("holdDays", 100, "retentionDaily", 1), day(0)),
            PolicyFixture.everybody(2, Map.of("holdDays", 8, "retentionDaily", 30), day(40)),
            PolicyFixture.everybody(3, Map.of("holdDays", 7, "retentionDaily", 20), day(50)));
    assertThat(former(versions, day(55)))
        .containsExactly(
            new FormerValue(PolicyKey.RETENTION_DAILY, 30, day(58)),
            new FormerValue(PolicyKey.HOLD_DAYS, 100, day(140)));
    assertThat(former(versions, day(139)))
        .containsExactly(new FormerValue(PolicyKey.HOLD_DAYS, 100, day(140)));
    assertThat(former(versions, day(140))).isEmpty();
  }

  private static List<FormerValue> former(List<PolicyStatement> versions, Instant now) {
    return CountingPolicy.former(PolicyHistory.counting(1, NO_GROUPS, versions, now));
  }

  @Test
  void each_earlier_policy_waits_its_own_hold() {
    List<PolicyStatement> versions =
        List.of(
            PolicyFixture.everybody(1, Map.of("holdDays", 100), day(0)),
            PolicyFixture.everybody(2, Map.of("holdDays", 8), day(40)),
            PolicyFixture.everybody(3, Map.of("holdDays", 7), day(50)));
    assertThat(holds(NO_GROUPS, versions, day(55))).containsExactly(7L, 8L, 100L);
    assertThat(holds(NO_GROUPS, versions, day(60))).containsExactly(7L, 100L);
    assertThat(holds(NO_GROUPS, versions, day(140))).containsExactly(7L);
  }

  @Test
  void a_change_of_what_deletes_nothing_replaces_nothing() {
    List<PolicyStatement> versions =
        List.of(
            PolicyFixture.everybody(1, Map.of("quotaBytes", 1, "showsLegalHold", false), day(5)));
    assertThat(holds(NO_GROUPS, versions, day(6))).containsExactly(30L);
  }

  @Test
  void a_policy_that_came_back_counts_once() {
    List<PolicyStatement> versions =
        List.of(
            PolicyFixture.everybody(1, Map.of("holdDays", 10), day(5)),
            PolicyFixture.everybody(2, Map.of("holdDays", 30), day(6)));
    assertThat(holds(NO_GROUPS, versions, day(7))).containsExactly(30L, 10L);
  }

  @Test
  void leaving_a_group_that_kept_more_counts_as_a_change() {
    List<PolicyStatement> versions =
        List.of(PolicyFixture.group("/law", 1, Map.of("holdDays", 90)));
    GroupHistory left = new GroupHistory(Set.of(), List.of(new Move("/law", false, day(10))));
    assertThat(holds(left, versions, day(99))).containsExactly(30L, 90L);
    assertThat(holds(left, versions, day(100))).containsExactly(30L);
  }

  @Test
  void joining_a_group_that_keeps_less_counts_as_a_change() {
    List<PolicyStatement> versions =
        List.of(
            PolicyFixture.group("/law", 2, Map.of("holdDays", 90)),
            PolicyFixture.group("/temps/short", 1, Map.of("holdDays", 8)));
    GroupHistory joined =
        new GroupHistory(
            Set.of("/law", "/temps/short"), List.of(new Move("/temps/short", true, day(10))));
    assertThat(holds(joined, versions, day(99))).containsExactly(8L, 90L);
    assertThat(holds(joined, versions, day(100))).containsExactly(8L);
  }

  @Test
  void what_a_group_said_while_one_was_in_it_counts_and_nothing_later() {
    List<PolicyStatement> versions =
        List.of(
            PolicyFixture.group("/law", 1, 1, Map.of("holdDays", 90), day(0)),
            PolicyFixture.group("/law", 1, 2, Map.of("holdDays", 200), day(20)));
    GroupHistory left = new GroupHistory(Set.of(), List.of(new Move("/law", false, day(10))));
    assertThat(holds(left, versions, day(30))).containsExactly(30L, 90L);
  }

  @Test
  void going_in_and_out_again_counts_each_stay() {
    List<PolicyStatement> versions =
        List.of(PolicyFixture.group("/law", 1, Map.of("holdDays", 90)));
    GroupHistory visit =
        new GroupHistory(
            Set.of(), List.of(new Move("/law", true, day(10)), new Move("/law", false, day(11))));
    assertThat(holds(visit, versions, day(12))).containsExactly(30L, 90L);
    assertThat(holds(visit, versions, day(101))).containsExactly(30L);
  }

  @Test
  void what_a_group_said_before_one_joined_it_never_counts() {
    List<PolicyStatement> versions =
        List.of(
            PolicyFixture.group("/law", 1, 1, Map.of("holdDays", 200), day(0)),
            PolicyFixture.group("/law", 1, 2, Map.of("holdDays", 90), day(9)));
    GroupHistory visit =
        new GroupHistory(
            Set.of(), List.of(new Move("/law", true, day(10)), new Move("/law", false, day(11))));
    assertThat(holds(visit, versions, day(12))).containsExactly(30L, 90L);
  }

  @Test
  void the_newest_version_holds_in_whichever_order_they_are_read() {
    List<PolicyStatement> versions =
        List.of(
            PolicyFixture.everybody(2, Map.of("holdDays", 20), day(6)),
            PolicyFixture.everybody(1, Map.of("holdDays", 10), day(5)));
    assertThat(holds(NO_GROUPS, versions, day(100))).containsExactly(20L);
  }

  @Test
  void a_clock_that_was_a_year_ahead_lets_policies_count_longer() {
    Instant ahead = day(365);
    List<PolicyStatement> versions =
        List.of(
            PolicyFixture.everybody(1, Map.of("holdDays", 60), day(0)),
            PolicyFixture.everybody(2, Map.of("holdDays", 10), ahead),
            PolicyFixture.everybody(3, Map.of("holdDays", 9), ahead.plusNanos(1000)));
    assertThat(holds(NO_GROUPS, versions, day(2))).containsExactly(9L, 10L, 60L, 30L);
    assertThat(holds(NO_GROUPS, versions, day(300))).containsExactly(9L, 10L, 60L);
  }

  @Test
  void a_stay_that_ended_after_the_clock_went_back_counts() {
    List<PolicyStatement> versions =
        List.of(PolicyFixture.group("/law", 1, Map.of("holdDays", 90)));
    GroupHistory back =
        new GroupHistory(
            Set.of(), List.of(new Move("/law", true, day(40)), new Move("/law", false, day(10))));
    assertThat(holds(back, versions, day(12))).containsExactly(30L, 90L);
  }
}
