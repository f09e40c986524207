package org.hikae.backup.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.backup.value.DepartureKind.OUTBREAK;
import static org.hikae.backup.value.DepartureKind.UNUSUAL;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hikae.backup.control.ChangeAlarmRules.DayWeight;
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
  private static final LocalDate TODAY = LocalDate.EPOCH.plusDays(400);
  private static final ChangeFigures FEW = of(ChangeLevel.FEW, EntropyKind.RANDOM);
  private static final ChangeFigures QUIET = of(ChangeLevel.TRACE, EntropyKind.PLAIN);

  private static ChangeFigures of(ChangeLevel files, EntropyKind content) {
    return new ChangeFigures(files, ChangeLevel.NONE, content);
  }

  private static DayWeight day(int before, int weight) {
    return new DayWeight(TODAY.minusDays(before), weight, 0, false);
  }

  private static List<DayWeight> days(int from, int until, int weight) {
    return IntStream.range(from, until).mapToObj(before -> day(before, weight)).toList();
  }

  /** What a last backup adds to days is among them already, as the portal does it. */
  private static Optional<DepartureKind> judge(ChangeFigures now, List<DayWeight> days) {
    return ChangeAlarmRules.judge(now, TODAY, days, BUILT_IN);
  }

  private static Optional<DepartureKind> first(ChangeFigures now, ChangeAlarmThresholds most) {
    return ChangeAlarmRules.judge(now, TODAY, List.of(day(0, ChangeAlarmRules.weight(now))), most);
  }

  @ParameterizedTest
  @CsvSource({
    "MOST, RANDOM, OUTBREAK",
    "MANY, RANDOM, OUTBREAK",
    "SOME, RANDOM, UNUSUAL",
    "MOST, MIXED, UNUSUAL",
    "FEW, RANDOM,",
    "TRACE, RANDOM,",
    "MOST, PLAIN,"
  })
  void one_backup_of_a_device_that_usually_changes_little(
      ChangeLevel files, EntropyKind content, String expected) {
    assertThat(first(of(files, content), BUILT_IN))
        .map(Enum::name)
        .isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void renaming_counts_as_changing_does() {
    ChangeFigures renamed =
        new ChangeFigures(ChangeLevel.NONE, ChangeLevel.MOST, EntropyKind.RANDOM);
    assertThat(first(renamed, BUILT_IN)).contains(OUTBREAK);
  }

  @Test
  void slow_malware_adds_up() {
    assertThat(judge(FEW, days(0, 9, 20))).contains(UNUSUAL);
    assertThat(judge(FEW, days(0, 10, 20))).contains(OUTBREAK);
  }

  /** Each backup of an hour says less than a percent, and nobody waits 14 backups. */
  @Test
  void malware_on_a_device_that_backs_up_each_hour_adds_up_as_well() {
    ChangeFigures trace = of(ChangeLevel.TRACE, EntropyKind.RANDOM);
    int hourly = 24 * ChangeAlarmRules.weight(trace);
    assertThat(judge(trace, days(0, 4, hourly))).contains(UNUSUAL);
    assertThat(judge(trace, days(0, 5, hourly))).contains(OUTBREAK);
    List<DayWeight> daily = days(0, 21, ChangeAlarmRules.weight(trace));
    assertThat(judge(trace, daily)).as("once a day it is nothing").isEmpty();
  }

  /** A hundred quiet backups a day do not push what was before out of the sum. */
  @Test
  void how_often_a_device_backs_up_makes_no_difference() {
    assertThat(
            judge(FEW, Stream.concat(days(0, 9, 20).stream(), days(20, 21, 20).stream()).toList()))
        .contains(OUTBREAK);
    assertThat(
            judge(FEW, Stream.concat(days(0, 9, 20).stream(), days(21, 22, 20).stream()).toList()))
        .contains(UNUSUAL);
  }

  @Test
  void a_quiet_backup_after_an_outbreak_is_none() {
    assertThat(judge(QUIET, List.of(day(0, 0), day(1, 700)))).isEmpty();
  }

  @Test
  void what_a_device_always_does_is_no_alarm_there() {
    ChangeFigures some = of(ChangeLevel.SOME, EntropyKind.RANDOM);
    assertThat(judge(some, days(0, 90, 100))).isEmpty();
    assertThat(judge(some, days(0, 21, 100))).contains(OUTBREAK);
  }

  @Test
  void what_was_an_outbreak_or_is_older_than_ninety_days_makes_nothing_usual() {
    ChangeFigures some = of(ChangeLevel.SOME, EntropyKind.RANDOM);
    List<DayWeight> days = new ArrayList<>(days(0, 21, 100));
    days(21, 90, 100).forEach(day -> days.add(new DayWeight(day.day(), day.weight(), 0, true)));
    days.addAll(days(90, 400, 1000));
    assertThat(judge(some, days)).contains(OUTBREAK);
  }

  @Test
  void what_was_meant_is_usual_from_then_on_and_in_no_sum() {
    ChangeFigures some = of(ChangeLevel.SOME, EntropyKind.RANDOM);
    List<DayWeight> days =
        IntStream.range(0, 21)
            .mapToObj(before -> new DayWeight(TODAY.minusDays(before), 0, 100, false))
            .collect(Collectors.toCollection(ArrayList::new));
    days.set(0, new DayWeight(TODAY, 100, 100, false));
    assertThat(judge(some, days)).isEmpty();
  }

  @Test
  void one_harmless_day_does_not_make_the_next_outbreak_usual() {
    ChangeFigures most = of(ChangeLevel.MOST, EntropyKind.RANDOM);
    assertThat(judge(most, List.of(day(0, 700), new DayWeight(TODAY.minusDays(1), 0, 700, false))))
        .contains(OUTBREAK);
  }

  @Test
  void a_policy_says_from_when_on_and_whether() {
    ChangeFigures many = of(ChangeLevel.MANY, EntropyKind.RANDOM);
    assertThat(first(many, new ChangeAlarmThresholds(50, 3))).contains(UNUSUAL);
    assertThat(first(many, new ChangeAlarmThresholds(0, 3))).isEmpty();
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
  void many_people_within_a_day_are_an_outbreak_when_that_is_not_usual(
      long people, long before, boolean expected) {
    assertThat(ChangeAlarmRules.isOutbreakOfMany(people, before, BUILT_IN)).isEqualTo(expected);
    assertThat(ChangeAlarmRules.isOutbreakOfMany(people, before, new ChangeAlarmThresholds(20, 0)))
        .isFalse();
  }
}
