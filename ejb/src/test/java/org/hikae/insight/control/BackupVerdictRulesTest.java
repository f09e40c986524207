package org.hikae.insight.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.insight.control.BackupVerdictRules.BackupReport;
import org.hikae.insight.control.BackupVerdictRules.DeviceFacts;
import org.hikae.insight.control.BackupVerdictRules.EmployeeFacts;
import org.hikae.insight.view.BackupVerdict;
import org.hikae.insight.view.BackupVerdictState;
import org.hikae.insight.view.OwnVaultEvent;
import org.hikae.insight.view.RunState;
import org.hikae.vault.wire.ReceiptHistory.Meaning;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One sentence for an employee: what it is decided by, at each boundary. */
class BackupVerdictRulesTest {

  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final Duration MISSED = Duration.ofDays(3);
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(100));
  private static final EmployeeFacts PARTICIPANT =
      new EmployeeFacts(OptInState.OPTED_IN, true, false, false);

  private static BackupVerdict of(EmployeeFacts employee, DeviceFacts... devices) {
    return BackupVerdictRules.of(employee, List.of(devices), MISSED, NOW);
  }

  private static BackupVerdict of(DeviceFacts... devices) {
    return of(PARTICIPANT, devices);
  }

  private static DeviceFacts device(
      @Nullable Duration lastBackup, @Nullable BackupReport lastReport) {
    return device("Laptop", DeviceState.ACTIVE, lastBackup, lastReport);
  }

  private static DeviceFacts device(
      String name,
      DeviceState state,
      @Nullable Duration lastBackup,
      @Nullable BackupReport lastReport) {
    return new DeviceFacts(
        name, state, LONG_AGO, lastBackup == null ? null : NOW.minus(lastBackup), lastReport);
  }

  private static DeviceFacts fresh(@Nullable Duration enrolled, @Nullable BackupReport lastReport) {
    return new DeviceFacts(
        "New", DeviceState.ACTIVE, enrolled == null ? NOW : NOW.minus(enrolled), null, lastReport);
  }

  private static BackupReport ended(Duration ago, RunState state) {
    return new BackupReport(NOW.minus(ago), state);
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_OPTED_IN, false, NOT_OFFERED",
    "NOT_OPTED_IN, true, NOT_SET_UP",
    "WITHDRAWN, true, OPTED_OUT",
    "WITHDRAWN, false, OPTED_OUT",
    "PENDING, true, UNFINISHED",
    "OPTED_IN, false, PROTECTED"
  })
  void where_an_employee_stands_comes_first(
      OptInState optIn, boolean offered, BackupVerdictState expected) {
    EmployeeFacts employee = new EmployeeFacts(optIn, offered, false, false);
    assertThat(of(employee, device(Duration.ofHours(3), null)).state()).isEqualTo(expected);
  }

  @Test
  void what_stands_in_the_way_of_every_device_comes_before_any_device() {
    DeviceFacts failed = device(Duration.ofHours(3), ended(Duration.ofHours(1), RunState.LOCAL));
    assertThat(of(new EmployeeFacts(OptInState.OPTED_IN, true, true, true), failed))
        .isEqualTo(BackupVerdict.of(BackupVerdictState.CONSENT_PAUSED));
    assertThat(of(new EmployeeFacts(OptInState.OPTED_IN, true, false, true), failed))
        .isEqualTo(BackupVerdict.of(BackupVerdictState.PASSWORD_LOST));
    assertThat(of(new EmployeeFacts(OptInState.WITHDRAWN, true, true, true), failed).state())
        .isEqualTo(BackupVerdictState.OPTED_OUT);
  }

  @Test
  void without_a_device_that_may_back_up_nobody_is_protected() {
    Duration young = Duration.ofHours(1);
    DeviceFacts revoked = device("Old", DeviceState.REVOKED, young, null);
    DeviceFacts paused = device("Quiet", DeviceState.PAUSED, young, null);
    assertThat(of()).isEqualTo(BackupVerdict.of(BackupVerdictState.NO_DEVICE));
    assertThat(of(revoked)).isEqualTo(BackupVerdict.of(BackupVerdictState.NO_DEVICE));
    assertThat(of(revoked, paused))
        .isEqualTo(new BackupVerdict(BackupVerdictState.DEVICE_PAUSED, "Quiet", null, null));
    assertThat(of(paused, device(young, null)).state()).isEqualTo(BackupVerdictState.PROTECTED);
  }

  @Test
  void a_backup_is_missed_only_when_it_is_older_than_the_policy_allows() {
    BackupVerdict exactly = of(device(MISSED, null));
    assertThat(exactly)
        .isEqualTo(new BackupVerdict(BackupVerdictState.PROTECTED, "Laptop", MISSED, null));
    Duration older = MISSED.plusMillis(1);
    assertThat(of(device(older, null)))
        .isEqualTo(new BackupVerdict(BackupVerdictState.MISSED, "Laptop", older, null));
  }

  @Test
  void a_new_device_has_as_long_for_its_first_backup() {
    assertThat(of(fresh(null, null)).state()).isEqualTo(BackupVerdictState.FIRST_WAITS);
    assertThat(of(fresh(MISSED, null)).state()).isEqualTo(BackupVerdictState.FIRST_WAITS);
    assertThat(of(fresh(MISSED.plusMillis(1), null)))
        .isEqualTo(new BackupVerdict(BackupVerdictState.NEVER, "New", null, null));
    assertThat(of(fresh(null, ended(Duration.ZERO, RunState.RUNNING))).state())
        .isEqualTo(BackupVerdictState.FIRST_WAITS);
    assertThat(of(fresh(null, ended(Duration.ZERO, RunState.LOCAL))))
        .isEqualTo(new BackupVerdict(BackupVerdictState.FAILED, "New", null, RunState.LOCAL));
  }

  @ParameterizedTest
  @EnumSource(RunState.class)
  void how_the_newest_try_ended_counts_at_once_unless_it_passes_by_itself(RunState state) {
    Duration young = Duration.ofHours(3);
    BackupVerdict verdict = of(device(young, ended(Duration.ofHours(1), state)));
    BackupVerdict expected =
        switch (state) {
          case RUNNING, SUCCESS, CANCELLED ->
              new BackupVerdict(BackupVerdictState.PROTECTED, "Laptop", young, null);
          case PARTIAL -> new BackupVerdict(BackupVerdictState.PARTLY, "Laptop", young, state);
          case NETWORK, STALE ->
              new BackupVerdict(BackupVerdictState.PROTECTED, "Laptop", young, state);
          case REFUSED, CORRUPT, LOCKED, LOCAL, INTERNAL ->
              new BackupVerdict(BackupVerdictState.FAILED, "Laptop", young, state);
        };
    assertThat(verdict).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(RunState.class)
  void once_the_backup_is_too_old_any_failure_says_why(RunState state) {
    Duration old = MISSED.plusSeconds(1);
    BackupVerdict verdict = of(device(old, ended(Duration.ofHours(1), state)));
    BackupVerdict expected =
        switch (state) {
          case RUNNING, SUCCESS, CANCELLED, PARTIAL ->
              new BackupVerdict(BackupVerdictState.MISSED, "Laptop", old, null);
          case NETWORK, STALE, REFUSED, CORRUPT, LOCKED, LOCAL, INTERNAL ->
              new BackupVerdict(BackupVerdictState.FAILED, "Laptop", old, state);
        };
    assertThat(verdict).isEqualTo(expected);
  }

  @Test
  void a_backup_after_a_failure_makes_up_for_it() {
    Duration hour = Duration.ofHours(1);
    assertThat(of(device(hour, ended(hour, RunState.LOCAL))).state())
        .as("reported at the same moment")
        .isEqualTo(BackupVerdictState.FAILED);
    assertThat(of(device(hour, ended(hour.plusMillis(1), RunState.LOCAL))))
        .as("restic reports no runs")
        .isEqualTo(new BackupVerdict(BackupVerdictState.PROTECTED, "Laptop", hour, null));
  }

  @Test
  void of_several_devices_the_worst_counts_and_of_those_that_are_well_the_newest_backup() {
    DeviceFacts newest = device("A", DeviceState.ACTIVE, Duration.ofHours(1), null);
    DeviceFacts newer = device("B", DeviceState.ACTIVE, Duration.ofHours(2), null);
    DeviceFacts old = device("C", DeviceState.ACTIVE, Duration.ofDays(4), null);
    DeviceFacts older = device("D", DeviceState.ACTIVE, Duration.ofDays(9), null);
    DeviceFacts failed =
        device(
            "E",
            DeviceState.ACTIVE,
            Duration.ofHours(2),
            ended(Duration.ofHours(1), RunState.LOCKED));
    assertThat(of(newer, newest).deviceName()).isEqualTo("A");
    assertThat(of(newest, newer).deviceName()).isEqualTo("A");
    assertThat(of(older, newest, old).deviceName()).isEqualTo("D");
    assertThat(of(failed, older, newest).deviceName()).isEqualTo("E");
  }

  private static OwnVaultEvent event(Meaning meaning) {
    return new OwnVaultEvent(1, NOW, meaning, null, true, 0, null);
  }

  @Test
  void a_password_is_lost_until_another_comes_into_use() {
    assertThat(lost()).isFalse();
    assertThat(lost(Meaning.WRONG_PASSWORD, Meaning.ACTIVE)).isFalse();
    assertThat(lost(Meaning.LOCKED, Meaning.WRONG_PASSWORD, Meaning.ACTIVE)).isTrue();
    assertThat(lost(Meaning.WITNESSED, Meaning.LOCKED, Meaning.ACTIVE)).isTrue();
    assertThat(lost(Meaning.ACTIVE, Meaning.LOCKED, Meaning.ACTIVE)).isFalse();
  }

  private static boolean lost(Meaning... newestFirst) {
    return BackupVerdictRules.isPasswordLost(
        Stream.of(newestFirst).map(BackupVerdictRulesTest::event).toList());
  }
}
