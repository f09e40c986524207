package org.hikae.vault.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.port.TokenRefusedException;
import org.hikae.vault.port.VaultDependencies;
import org.hikae.vault.testing.VaultFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The vault's time against a host's clock that does anything. */
@DisplayName("HK1-V-35: the vault's time")
class VaultClockTest {

  private static final Instant START = Instant.parse("2026-11-24T09:00:00Z");

  private VaultFixture fixture;
  private VaultClock time;

  @BeforeEach
  void open() {
    fixture = new VaultFixture();
    fixture.clock.set(START);
    assertThat(fixture.store.lease()).isTrue();
    time = fresh();
    goOn(time, 0, 0);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private VaultClock fresh() {
    return fresh(VaultFixture.TENANT);
  }

  private VaultClock fresh(String tenant) {
    return new VaultClock(
        new VaultDependencies(
            fixture.root,
            fixture.anchor,
            null,
            fixture.epochs,
            fixture.store,
            (token, deviceKey) -> {
              throw new TokenRefusedException("not here");
            },
            fixture.clock,
            fixture.clock::uptime,
            fixture.random),
        tenant);
  }

  private void goOn(VaultClock of, long lastMillis, long reopened) {
    fixture.tamper(rows -> of.goOn(rows, lastMillis, reopened));
  }

  private void note(VaultClock of, Duration after) {
    fixture.tamper(rows -> of.note(rows, millis(after), START.toEpochMilli()));
  }

  private static long millis(Duration after) {
    return START.plus(after).toEpochMilli();
  }

  private void assertIs(VaultClock of, Duration after) {
    assertThat(Duration.ofMillis(of.millis() - START.toEpochMilli())).isEqualTo(after);
  }

  @Test
  void it_is_the_hosts_while_nobody_sets_that() {
    fixture.clock.advance(Duration.ofDays(40));
    assertIs(time, Duration.ofDays(40));
    fixture.clock.jump(Duration.ofSeconds(-5));
    assertIs(time, Duration.ofDays(40));
    fixture.clock.advance(Duration.ofSeconds(6));
    assertIs(time, Duration.ofDays(40).plusSeconds(1));
  }

  @Test
  void it_never_goes_back() {
    fixture.clock.advance(Duration.ofHours(2));
    assertIs(time, Duration.ofHours(2));
    fixture.clock.advance(Duration.ofHours(-1));
    assertIs(time, Duration.ofHours(2));
    assertThatThrownBy(() -> fresh().millis()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void an_hour_that_has_passed_once_does_not_pass_again() {
    fixture.clock.advance(Duration.ofHours(2));
    assertIs(time, Duration.ofHours(2));
    fixture.clock.advance(Duration.ofHours(-1));
    assertIs(time, Duration.ofHours(2));
    fixture.clock.jump(Duration.ofHours(20));
    fixture.clock.advance(Duration.ofHours(1));
    assertIs(time, Duration.ofHours(2));
  }

  @Test
  void an_hour_is_made_up_for_and_no_second_more() {
    fixture.clock.jump(VaultLimits.CLOCK_DRIFT);
    assertIs(time, Duration.ZERO);
    fixture.clock.advance(Duration.ofMinutes(80));
    assertIs(time, Duration.ofMinutes(90));
    goOn(time, millis(Duration.ofMinutes(140)), 0);
    fixture.clock.jump(Duration.ofSeconds(1).plus(VaultLimits.CLOCK_DRIFT));
    assertIs(time, Duration.ofMinutes(140));
    fixture.clock.advance(Duration.ofMinutes(80));
    assertIs(time, Duration.ofMinutes(220));
  }

  @Test
  void a_little_is_made_up_for_slowly() {
    fixture.clock.jump(Duration.ofMinutes(30));
    assertIs(time, Duration.ZERO);
    fixture.clock.advance(Duration.ofMinutes(80));
    assertIs(time, Duration.ofMinutes(90));
    fixture.clock.advance(Duration.ofMinutes(800));
    assertIs(time, Duration.ofMinutes(910));
  }

  @Test
  void what_passed_while_nobody_looked_is_not_made_up_for_when_the_clock_was_set() {
    fixture.clock.advance(Duration.ofMinutes(80));
    fixture.clock.jump(Duration.ofDays(20));
    assertIs(time, Duration.ofMinutes(80));
  }

  @Test
  void a_jump_is_not_followed_for_a_week_and_then_slowly() {
    fixture.clock.jump(Duration.ofDays(20));
    assertIs(time, Duration.ZERO);
    fixture.clock.advance(Duration.ofDays(6));
    assertIs(time, Duration.ofDays(6));
    fixture.clock.advance(Duration.ofDays(1));
    assertIs(time, Duration.ofDays(7).plusHours(3));
    fixture.clock.advance(Duration.ofDays(8));
    assertIs(time, Duration.ofDays(16).plusHours(3));
    fixture.clock.jump(Duration.ofDays(-20));
    fixture.clock.advance(Duration.ofHours(1));
    assertIs(time, Duration.ofDays(16).plusHours(3));
  }

  @Test
  void a_jump_that_is_taken_back_leaves_nothing() {
    fixture.clock.jump(Duration.ofDays(400));
    assertIs(time, Duration.ZERO);
    fixture.clock.advance(Duration.ofDays(1));
    assertIs(time, Duration.ofDays(1));
    fixture.clock.jump(Duration.ofDays(-400));
    assertIs(time, Duration.ofDays(1));
    fixture.clock.advance(Duration.ofDays(10));
    assertIs(time, Duration.ofDays(11));
  }

  @Test
  void a_start_follows_over_two_days_and_not_over_more() {
    fixture.clock.advance(Duration.ofDays(2));
    VaultClock soon = fresh();
    goOn(soon, START.toEpochMilli(), 0);
    assertIs(soon, Duration.ofDays(2));
    fixture.clock.advance(Duration.ofSeconds(1));
    VaultClock late = fresh();
    goOn(late, START.toEpochMilli(), 0);
    assertIs(late, Duration.ZERO);
    fixture.clock.advance(Duration.ofDays(-3));
    VaultClock early = fresh();
    goOn(early, START.toEpochMilli(), 0);
    assertIs(early, Duration.ZERO);
  }

  @Test
  void what_another_process_has_vouched_for_counts() {
    goOn(time, millis(Duration.ofHours(3)), 0);
    assertIs(time, Duration.ofHours(3));
    goOn(time, millis(Duration.ofHours(1)), 0);
    assertIs(time, Duration.ofHours(3));
  }

  @Test
  void a_note_vouches_for_hours_in_which_nothing_happened() {
    note(time, Duration.ofMinutes(59));
    assertThat(fixture.store.snapshot().hasNote("time")).isFalse();
    note(time, Duration.ofHours(1));
    assertThat(fixture.store.snapshot().hasNote("time")).isTrue();
    note(time, Duration.ofDays(5));
    note(time, Duration.ofDays(5).plusMinutes(59));
    fixture.clock.advance(Duration.ofDays(6));
    VaultClock next = fresh();
    goOn(next, START.toEpochMilli(), 0);
    assertIs(next, Duration.ofDays(6));
  }

  @Test
  void a_note_that_is_made_up_or_from_before_a_reopening_vouches_for_nothing() {
    note(time, Duration.ofDays(5));
    byte[] note = fixture.store.transact(rows -> rows.note("time").orElseThrow());
    fixture.clock.advance(Duration.ofDays(6));
    VaultClock reopened = fresh();
    goOn(reopened, START.toEpochMilli(), 9);
    assertIs(reopened, Duration.ZERO);
    VaultClock foreign = fresh("another company");
    goOn(foreign, START.toEpochMilli(), 0);
    assertIs(foreign, Duration.ZERO);

    note[11] ^= 1;
    for (byte[] bad : new byte[][] {note, new byte[3]}) {
      fixture.tamper(rows -> rows.putNote("time", bad));
      VaultClock next = fresh();
      goOn(next, START.toEpochMilli(), 0);
      assertIs(next, Duration.ZERO);
    }
  }

  @Test
  void a_reopening_takes_the_hosts() {
    fixture.clock.jump(VaultLimits.ADMIN_DELAY);
    assertIs(time, Duration.ZERO);
    time.takeOver(9);
    assertIs(time, VaultLimits.ADMIN_DELAY);
    fixture.clock.jump(VaultLimits.ADMIN_DELAY.negated());
    time.takeOver(11);
    assertIs(time, Duration.ZERO);
    goOn(time, START.toEpochMilli(), 11);
    assertIs(time, Duration.ZERO);
  }

  @Test
  void a_process_that_stood_by_takes_what_was_reopened_by_another() {
    fixture.clock.jump(Duration.ofMinutes(-1));
    goOn(time, millis(Duration.ofMinutes(-2)), 9);
    assertIs(time, Duration.ofMinutes(-1));
  }
}
