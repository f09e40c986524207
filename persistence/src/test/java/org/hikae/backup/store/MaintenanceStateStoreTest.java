package org.hikae.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.hikae.backup.entity.MaintenanceState;
import org.junit.jupiter.api.Test;

/** The clock that hold periods run by, and who works (HK1-H-07). */
class MaintenanceStateStoreTest {

  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final Duration NIGHT = Duration.ofDays(1);
  private static final String ONE = "one";
  private static final String TWO = "two";

  private static void night(MaintenanceState row, Instant wall) {
    assertThat(row.begin(ONE, wall, wall)).isTrue();
    row.end(ONE, wall);
  }

  @Test
  void follows_the_server_night_by_night() {
    MaintenanceState row = new MaintenanceState(START);
    Instant wall = START;
    for (int i = 0; i < 40; i++) {
      wall = wall.plus(NIGHT);
      night(row, wall);
      assertThat(row.jumped()).isFalse();
      assertThat(row.now(wall)).isEqualTo(wall);
      assertThat(row.now(wall.plusSeconds(60))).isEqualTo(wall.plusSeconds(60));
    }
  }

  @Test
  void a_clock_set_a_year_ahead_and_back_brings_no_hold_nearer_to_its_end() {
    MaintenanceState row = new MaintenanceState(START);
    for (int i = 0; i < 100; i++) {
      night(row, START.plus(Duration.ofDays(365)));
      assertThat(row.jumped()).isTrue();
      night(row, START);
      assertThat(row.jumped()).isTrue();
    }
    assertThat(row.now(START)).isEqualTo(START);
    night(row, START.plus(NIGHT));
    assertThat(row.jumped()).isFalse();
    assertThat(row.now(START.plus(NIGHT))).isEqualTo(START.plus(NIGHT));
  }

  @Test
  void a_clock_that_stays_ahead_counts_only_the_nights_that_pass() {
    MaintenanceState row = new MaintenanceState(START);
    Instant ahead = START.plus(Duration.ofDays(365));
    for (int i = 0; i < 10; i++) {
      night(row, ahead.plus(NIGHT.multipliedBy(i)));
      assertThat(row.jumped()).isEqualTo(i == 0);
    }
    Instant last = ahead.plus(NIGHT.multipliedBy(9));
    assertThat(Duration.between(START, row.now(last))).isEqualTo(NIGHT.multipliedBy(9));
  }

  @Test
  void a_clock_put_back_a_little_stands_still_and_is_no_jump() {
    MaintenanceState row = new MaintenanceState(START);
    night(row, START.minusSeconds(600));
    assertThat(row.jumped()).isFalse();
    assertThat(row.now(START.minusSeconds(600))).isEqualTo(START);
  }

  @Test
  void tells_people_dates_of_their_own_calendar() {
    MaintenanceState row = new MaintenanceState(START);
    Instant ahead = START.plus(Duration.ofDays(365));
    night(row, ahead);
    Instant until = row.now(ahead).plus(Duration.ofDays(30));
    assertThat(row.wall(until, ahead)).isEqualTo(ahead.plus(Duration.ofDays(30)));
  }

  @Test
  void one_worker_at_a_time_and_the_next_goes_on_where_it_was_left() {
    MaintenanceState row = new MaintenanceState(START);
    Instant night = START.plus(NIGHT);
    assertThat(row.begin(ONE, night, night)).isTrue();
    assertThat(row.done(ONE, night, 7, true)).isTrue();
    assertThat(row.begin(TWO, night.plusSeconds(60), night)).isFalse();
    Instant later = night.plus(MaintenanceState.LEASE).plusSeconds(1);
    assertThat(row.begin(TWO, later, night)).isTrue();
    assertThat(row.cursor()).isEqualTo(7);
    assertThat(row.failures()).isEqualTo(1);
    assertThat(row.done(ONE, later, 8, false)).as("the first has lost it").isFalse();
    row.end(ONE, later);
    assertThat(row.cursor()).as("and cannot end it").isEqualTo(7);
    row.end(TWO, later);
    assertThat(row.begin(TWO, later, night)).as("done for tonight").isFalse();
  }

  @Test
  void counts_what_is_done_and_keeps_when_it_ended_well() {
    MaintenanceState row = new MaintenanceState(START);
    assertThat(row.endedAt()).isNull();
    Instant first = START.plus(NIGHT);
    assertThat(row.begin(ONE, first, first)).isTrue();
    assertThat(row.done(ONE, first, 7, false)).isTrue();
    assertThat(row.done(ONE, first, 8, false)).isTrue();
    row.end(ONE, first.plusSeconds(5));
    assertThat(row.done()).isEqualTo(2);
    assertThat(row.endedAt()).isEqualTo(first.plusSeconds(5));

    Instant second = first.plus(NIGHT);
    assertThat(row.begin(ONE, second, second)).isTrue();
    assertThat(row.done()).as("begins anew").isZero();
    assertThat(row.done(ONE, second, 7, true)).isTrue();
    row.end(ONE, second);
    assertThat(row.done()).as("what failed is not done").isZero();
    assertThat(row.endedAt()).isEqualTo(first.plusSeconds(5));

    night(row, second.plus(Duration.ofDays(365)));
    assertThat(row.endedAt()).as("nothing is removed after a jump").isEqualTo(first.plusSeconds(5));
  }

  @Test
  void goes_on_at_once_after_a_restart_of_the_same_worker_or_a_lease_of_a_wrong_clock() {
    MaintenanceState row = new MaintenanceState(START);
    Instant night = START.plus(NIGHT);
    assertThat(row.begin(ONE, night, night)).isTrue();
    assertThat(row.begin(ONE, night, night)).isTrue();
    Instant ahead = night.plus(Duration.ofDays(365));
    assertThat(row.begin(ONE, ahead, ahead)).isTrue();
    assertThat(row.begin(TWO, night, night)).isTrue();
    assertThat(row.jumped()).isTrue();
  }

  @Test
  void is_due_again_when_its_last_start_lies_ahead() {
    MaintenanceState row = new MaintenanceState(START);
    Instant ahead = START.plus(Duration.ofDays(365));
    night(row, ahead);
    assertThat(row.begin(ONE, START.plus(NIGHT), START)).isTrue();
    assertThat(row.jumped()).isTrue();
  }
}
