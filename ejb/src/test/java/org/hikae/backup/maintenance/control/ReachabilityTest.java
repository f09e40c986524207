package org.hikae.backup.maintenance.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.hikae.backup.value.ObjectTable;
import org.junit.jupiter.api.Test;

class ReachabilityTest {

  private static final Instant NOW = Instant.parse("2026-11-26T01:30:00Z");
  private static final Instant OLD = NOW.minus(Duration.ofDays(30));
  private static final Instant GRACE = NOW.minus(Duration.ofDays(7));

  /** Objects 10, 20, 30 … of as many bytes, all old. */
  private static ObjectTable table(int count) {
    ObjectTable.Builder table = new ObjectTable.Builder(0);
    for (int i = 1; i <= count; i++) {
      table.add(10L * i, 10L * i, OLD);
    }
    return table.build();
  }

  private static long[] ids(long... ids) {
    return ids;
  }

  @Test
  void finds_objects_that_only_held_lists_need() {
    Reachability reachability = new Reachability(table(4));
    reachability.live(ids(10, 30));
    reachability.held(ids(20, 30));
    Reachability.Changes changes = reachability.changes(Map.of(), GRACE);
    assertThat(changes.idle()).containsExactly(20);
    assertThat(changes.doomed()).containsExactly(40);
    assertThat(changes.idleBytes()).isEqualTo(60);
    assertThat(changes.revived()).isEmpty();
    assertThat(reachability.heldBytes()).isEqualTo(20);
  }

  @Test
  void changes_nothing_when_all_is_recorded() {
    Reachability reachability = new Reachability(table(4));
    reachability.live(ids(10, 30));
    reachability.held(ids(20, 30));
    Reachability.Changes changes = reachability.changes(Map.of(20L, false, 40L, true), GRACE);
    assertThat(changes.idle()).isEmpty();
    assertThat(changes.doomed()).isEmpty();
    assertThat(changes.unlisted()).isEmpty();
    assertThat(changes.revived()).isEmpty();
    assertThat(changes.spared()).isEmpty();
    assertThat(changes.idleBytes()).isZero();
    assertThat(changes.revivedBytes()).isZero();
  }

  @Test
  void revives_what_a_live_list_needs_and_spares_what_a_held_one_does() {
    Reachability reachability = new Reachability(table(3));
    reachability.live(ids(10, 20));
    reachability.held(ids(30));
    Reachability.Changes changes =
        reachability.changes(Map.of(10L, true, 20L, false, 30L, true), GRACE);
    assertThat(changes.revived()).containsExactly(10, 20);
    assertThat(changes.revivedBytes()).isEqualTo(30);
    assertThat(changes.spared()).containsExactly(30);
    assertThat(changes.idleBytes()).isZero();
  }

  @Test
  void dooms_what_was_held_and_is_listed_no_more_at_once_without_counting_it_again() {
    Reachability.Changes changes = new Reachability(table(1)).changes(Map.of(10L, false), GRACE);
    assertThat(changes.unlisted()).containsExactly(10);
    assertThat(changes.idleBytes()).isZero();
  }

  @Test
  void leaves_young_objects_alone_because_a_snapshot_may_be_on_its_way() {
    ObjectTable.Builder young = new ObjectTable.Builder(3);
    young.add(1, 1, GRACE.minusSeconds(1));
    young.add(2, 1, GRACE);
    young.add(3, 1, NOW);
    assertThat(new Reachability(young.build()).changes(Map.of(), GRACE).doomed())
        .containsExactly(1);
  }

  @Test
  void says_what_a_release_would_hold() {
    Reachability reachability = new Reachability(table(4));
    reachability.live(ids(10, 20));
    reachability.live(ids(20, 30));
    assertThat(reachability.onlyIn(ids(20, 30))).isEqualTo(30);
    reachability.release(ids(20, 30));
    assertThat(reachability.heldBytes()).isEqualTo(30);
    assertThat(reachability.onlyIn(ids(10, 20))).isEqualTo(30);
    reachability.release(ids(10, 20));
    assertThat(reachability.heldBytes()).isEqualTo(60);
  }

  @Test
  void refuses_a_list_that_names_what_is_not_stored() {
    for (long[] lost : new long[][] {{5}, {15}, {10, 25}, {99}}) {
      Reachability reachability = new Reachability(table(3));
      assertThatThrownBy(() -> reachability.live(lost)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> reachability.held(lost)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void finds_ids_in_any_distance() {
    Reachability reachability = new Reachability(table(1000));
    reachability.live(ids(10, 20, 5000, 5010, 10_000));
    Reachability.Changes changes = reachability.changes(Map.of(), GRACE);
    assertThat(changes.doomed()).hasSize(995).doesNotContain(10, 20, 5000, 5010, 10_000);
  }
}
