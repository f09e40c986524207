package org.hikae.backup.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.backup.value.DepartureKind.OUTBREAK;
import static org.hikae.backup.value.DepartureKind.UNUSUAL;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.value.DepartureKind;
import org.hikae.backup.wire.ChangeFigures;
import org.hikae.backup.wire.ChangeLevel;
import org.hikae.backup.wire.EntropyKind;
import org.hikae.policy.view.ChangeAlarmThresholds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When figures of backups are an alarm, and when not (HK1-R-21). */
class ChangeAlarmRulesTest {

  private static final ChangeAlarmThresholds BUILT_IN = new ChangeAlarmThresholds(20, 3);
  private static final ChangeFigures QUIET = of(ChangeLevel.TRACE, EntropyKind.PLAIN);

  private static ChangeFigures of(ChangeLevel files, EntropyKind content) {
    return new ChangeFigures(files, ChangeLevel.NONE, content);
  }

  @ParameterizedTest
  @CsvSource({
    "MOST, RANDOM, OUTBREAK",
    "MANY, RANDOM, OUTBREAK",
    "SOME, RANDOM, UNUSUAL",
    "MOST, MIXED, UNUSUAL",
    "FEW, RANDOM,",
    "MOST, PLAIN,"
  })
  void one_backup_of_a_device_that_usually_changes_little(
      ChangeLevel files, EntropyKind content, String expected) {
    assertThat(ChangeAlarmRules.judge(of(files, content), List.of(), List.of(QUIET), BUILT_IN))
        .map(Enum::name)
        .isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void renaming_counts_as_changing_does() {
    ChangeFigures renamed =
        new ChangeFigures(ChangeLevel.NONE, ChangeLevel.MOST, EntropyKind.RANDOM);
    assertThat(ChangeAlarmRules.judge(renamed, List.of(), List.of(), BUILT_IN)).contains(OUTBREAK);
  }

  @Test
  void slow_malware_adds_up() {
    ChangeFigures few = of(ChangeLevel.FEW, EntropyKind.RANDOM);
    assertThat(ChangeAlarmRules.judge(few, Collections.nCopies(8, few), List.of(), BUILT_IN))
        .contains(UNUSUAL);
    assertThat(ChangeAlarmRules.judge(few, Collections.nCopies(9, few), List.of(), BUILT_IN))
        .contains(OUTBREAK);
  }

  @Test
  void a_quiet_backup_after_an_outbreak_is_none() {
    List<ChangeFigures> recent = List.of(of(ChangeLevel.MOST, EntropyKind.RANDOM));
    assertThat(ChangeAlarmRules.judge(QUIET, recent, List.of(), BUILT_IN)).isEmpty();
  }

  @Test
  void what_a_device_always_does_is_no_alarm_there() {
    ChangeFigures some = of(ChangeLevel.SOME, EntropyKind.RANDOM);
    List<ChangeFigures> usual = Collections.nCopies(ChangeAlarmRules.USUAL, some);
    assertThat(ChangeAlarmRules.judge(some, Collections.nCopies(13, some), usual, BUILT_IN))
        .isEmpty();
    assertThat(ChangeAlarmRules.judge(some, Collections.nCopies(13, some), List.of(), BUILT_IN))
        .contains(OUTBREAK);
  }

  @Test
  void one_harmless_day_does_not_make_the_next_outbreak_usual() {
    ChangeFigures most = of(ChangeLevel.MOST, EntropyKind.RANDOM);
    assertThat(ChangeAlarmRules.judge(most, List.of(), List.of(QUIET, most), BUILT_IN))
        .contains(OUTBREAK);
  }

  @Test
  void a_policy_says_from_when_on_and_whether() {
    ChangeFigures many = of(ChangeLevel.MANY, EntropyKind.RANDOM);
    assertThat(judge(many, new ChangeAlarmThresholds(50, 3))).contains(UNUSUAL);
    assertThat(judge(many, new ChangeAlarmThresholds(0, 3))).isEmpty();
  }

  private static Optional<DepartureKind> judge(
      ChangeFigures figures, ChangeAlarmThresholds thresholds) {
    return ChangeAlarmRules.judge(figures, List.of(), List.of(), thresholds);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 0, false",
    "3, 0, true",
    "3, 1, false",
    "4, 9, true",
    "4, 10, false",
    "30, 100, true"
  })
  void many_devices_within_a_day_are_an_outbreak_when_that_is_not_usual(
      long devices, long before, boolean expected) {
    assertThat(ChangeAlarmRules.isOutbreakOfMany(devices, before, BUILT_IN)).isEqualTo(expected);
    assertThat(ChangeAlarmRules.isOutbreakOfMany(devices, before, new ChangeAlarmThresholds(20, 0)))
        .isFalse();
  }
}
