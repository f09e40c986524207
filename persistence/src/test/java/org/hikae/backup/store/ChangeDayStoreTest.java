package org.hikae.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.hikae.backup.entity.ChangeAlarm;
import org.hikae.backup.entity.ChangeDay;
import org.hikae.backup.entity.Run;
import org.hikae.backup.store.ChangeDayStore.Departed;
import org.hikae.backup.value.DepartureKind;
import org.hikae.backup.value.ReportedRun;
import org.hikae.backup.value.RunFigures;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.EmployeeFixture.EnrolledEmployee;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HK1-R-21 and HK1-H-12: people are counted, days are bounded, and what is old is forgotten. */
class ChangeDayStoreTest extends OnBothDatabases {

  private static final Duration DAY = Duration.ofDays(1);

  private static Departed departed(Instant now) {
    return new Departed(
        now.minus(DAY), now, now.minus(DAY.multipliedBy(28)), now.minus(DAY.multipliedBy(7)));
  }

  private static ReportedRun ended(Instant at) {
    return new ReportedRun(
        RunReport.Kind.BACKUP, RunResult.SUCCESS, at, at, "1.1", new RunFigures(1, 0, 1, 1, 0, 1));
  }

  private static ChangeDay departs(
      EntityManager em, EnrolledEmployee who, String deviceId, Instant at) {
    LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
    ChangeDay row = new ChangeDayStore(em).of(who.employeeId(), deviceId, day);
    row.add(100, new Run(deviceId, deviceId, who.employeeId(), ended(at), at));
    row.depart(DepartureKind.UNUSUAL, at);
    em.flush();
    return row;
  }

  /** Without this one device that reports without end would make up a crowd, or hide one. */
  @ParameterizedTest
  @MethodSource("databases")
  void a_person_counts_once_whatever_their_devices_report(TestDatabase database) {
    Instant now = EmployeeFixture.START.plus(Duration.ofDays(1000));
    EnrolledEmployee noisy = database.inTransaction(em -> EmployeeFixture.person(em, "Noisy"));
    EnrolledEmployee quiet = database.inTransaction(em -> EmployeeFixture.person(em, "Quiet"));
    database.inTransaction(
        em -> {
          ChangeDayStore days = new ChangeDayStore(em);
          String second = EmployeeFixture.device(em, noisy.employeeId());
          em.flush();
          for (int i = 0; i < 50; i++) {
            departs(em, noisy, noisy.deviceId(), now.minusSeconds(60 + i));
            departs(em, noisy, second, now.minusSeconds(60 + i));
          }
          departs(em, quiet, quiet.deviceId(), now.minusSeconds(30));
          assertThat(days.people(departed(now))).isEqualTo(2);
          assertThat(days.after(noisy.deviceId(), LocalDate.EPOCH)).hasSize(1);
          assertThat(days.after(noisy.deviceId(), LocalDate.EPOCH).getFirst().weight())
              .isEqualTo(ChangeDay.MOST_WEIGHT);
          assertThat(days.unalarmed(departed(now), 0, 10))
              .containsExactly(noisy.employeeId(), quiet.employeeId());
          assertThat(days.departed(noisy.employeeId(), now.minus(DAY))).hasSize(2);
          for (int i = 1; i < 20; i++) {
            departs(em, noisy, noisy.deviceId(), now.minus(DAY.multipliedBy(i)).minusSeconds(9));
          }
          assertThat(days.people(now.minus(DAY.multipliedBy(29)), now.minus(DAY)))
              .as("each once among the usual")
              .isEqualTo(1);
          assertThat(days.people(departed(now))).as("nobody regular").isEqualTo(1);
          assertThat(days.unalarmed(departed(now), 0, 10)).containsExactly(quiet.employeeId());
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void an_alarm_freezes_until_its_rest_is_over_and_then_goes(TestDatabase database) {
    Instant now = EmployeeFixture.START.plus(Duration.ofDays(2000));
    EnrolledEmployee who = database.inTransaction(em -> EmployeeFixture.person(em, "Frozen"));
    EnrolledEmployee other = database.inTransaction(em -> EmployeeFixture.person(em, "Other"));
    database.inTransaction(
        em -> {
          ChangeAlarmStore alarms = new ChangeAlarmStore(em);
          ChangeDayStore days = new ChangeDayStore(em);
          ChangeDay day = departs(em, who, who.deviceId(), now);
          ChangeAlarm alarm = alarms.add(new ChangeAlarm(day, null, false, now));
          assertThat(days.unalarmed(departed(now), 0, 10)).doesNotContain(who.employeeId());
          assertThat(alarms.freezes(who.employeeId(), now)).isTrue();
          assertThat(alarms.freezes(other.employeeId(), now)).isFalse();
          Instant rest = now.plus(Duration.ofDays(7));
          alarm.end("issuer", "admin", true, now, rest);
          day.settle(true);
          em.flush();
          assertThat(alarms.freezes(who.employeeId(), rest.minusSeconds(1))).isTrue();
          assertThat(alarms.freezes(who.employeeId(), rest)).isFalse();
          assertThat(alarms.restUntil(DepartmentScope.COMPANY, who.employeeId(), now))
              .contains(rest);
          assertThat(alarms.restUntil(DepartmentScope.COMPANY, other.employeeId(), now)).isEmpty();
          assertThat(days.unalarmed(departed(now), 0, 10))
              .as("a person has judged it")
              .doesNotContain(who.employeeId());
          assertThat(day.settled()).isEqualTo(100);
          assertThat(alarms.forget(now)).isZero();
          assertThat(alarms.forget(now.plusSeconds(1))).isEqualTo(1);
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void what_is_old_is_forgotten_and_an_erasure_takes_all_of_one_employee(TestDatabase database) {
    Instant now = EmployeeFixture.START;
    EnrolledEmployee who = database.inTransaction(em -> EmployeeFixture.person(em, "Goes"));
    EnrolledEmployee other = database.inTransaction(em -> EmployeeFixture.person(em, "Stays"));
    database.inTransaction(
        em -> {
          ChangeAlarmStore alarms = new ChangeAlarmStore(em);
          ChangeDayStore days = new ChangeDayStore(em);
          LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
          departs(em, who, who.deviceId(), now.minus(DAY));
          ChangeDay day = departs(em, who, who.deviceId(), now);
          departs(em, other, other.deviceId(), now);
          alarms.add(new ChangeAlarm(day, null, false, now));
          assertThat(days.forget(today)).isEqualTo(1);
          assertThat(days.forget(today)).isZero();
          assertThat(alarms.forget(now.plus(DAY))).as("one that stands stays").isZero();
          alarms.erase(who.employeeId(), now.minusSeconds(1));
          assertThat(alarms.of(who.employeeId())).as("raised later").hasSize(1);
          alarms.erase(who.employeeId(), now);
          days.erase(who.employeeId(), today);
          em.clear();
          assertThat(alarms.of(who.employeeId())).isEmpty();
          assertThat(days.after(who.deviceId(), LocalDate.EPOCH)).isEmpty();
          assertThat(days.after(other.deviceId(), LocalDate.EPOCH)).hasSize(1);
          return null;
        });
  }

  @Test
  void a_device_that_says_it_began_long_ago_does_not_hide_what_is_good() {
    Instant now = EmployeeFixture.START;
    Run lying = new Run("r", "d", 1, ended(Instant.EPOCH), now);
    assertThat(lying.goodUntil()).isEqualTo(now.minus(DAY));
    Run late = new Run("r", "d", 1, ended(now.plus(DAY)), now);
    assertThat(late.goodUntil()).isEqualTo(now);
  }
}
