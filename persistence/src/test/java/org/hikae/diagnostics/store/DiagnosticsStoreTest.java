package org.hikae.diagnostics.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.diagnostics.entity.DeviceDiagnostics;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.EmployeeFixture.EnrolledEmployee;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Diagnostics are their device's, bounded in number, and go with it. */
class DiagnosticsStoreTest extends OnBothDatabases {

  private static final Instant START = EmployeeFixture.START;
  private static final Instant LONG_AGO = START.minus(Duration.ofDays(1));
  private static final int KEPT = 5;

  /** One a minute, whose content is its number. */
  private static void send(EntityManager em, EnrolledEmployee owner, int from, int until) {
    DiagnosticsStore store = new DiagnosticsStore(em);
    for (int number = from; number < until; number++) {
      store.add(
          new DeviceDiagnostics(
              owner.deviceId(), owner.employeeId(), at(number), Integer.toString(number)),
          KEPT);
    }
  }

  private static Instant at(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }

  private static List<String> contents(List<DeviceDiagnostics> found) {
    return found.stream().map(DeviceDiagnostics::content).toList();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void the_newest_are_kept_and_all_of_a_day_are_counted(TestDatabase database) {
    EnrolledEmployee owner = database.inTransaction(em -> EmployeeFixture.person(em, "Asks"));
    EnrolledEmployee other = database.inTransaction(em -> EmployeeFixture.person(em, "Too"));
    database.inTransaction(
        em -> {
          send(em, other, 0, 1);
          send(em, owner, 0, 7);
          return null;
        });
    database.inTransaction(
        em -> {
          DiagnosticsStore store = new DiagnosticsStore(em);
          assertThat(contents(ofDevice(store, owner.deviceId(), LONG_AGO, KEPT)))
              .containsExactly("6", "5", "4", "3", "2");
          assertThat(contents(ofDevice(store, owner.deviceId(), at(4), KEPT)))
              .containsExactly("6", "5");
          assertThat(contents(store.ofEmployee(owner.employeeId(), LONG_AGO, 2)))
              .containsExactly("6", "5");
          assertThat(contents(ofDevice(store, other.deviceId(), LONG_AGO, KEPT)))
              .containsExactly("0");
          assertThat(store.receivedSince(owner.deviceId(), at(0), 10))
              .containsExactly(at(6), at(5), at(4), at(3), at(2), at(1));
          assertThat(store.receivedSince(owner.deviceId(), LONG_AGO, 2))
              .containsExactly(at(6), at(5));
          DeviceDiagnostics newest = ofDevice(store, owner.deviceId(), LONG_AGO, 1).getFirst();
          assertThat(newest.deviceId()).isEqualTo(owner.deviceId());
          assertThat(newest.receivedAt()).isEqualTo(at(6));
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void they_are_erased_with_device_or_employee_and_nobody_elses(TestDatabase database) {
    EnrolledEmployee owner = database.inTransaction(em -> EmployeeFixture.person(em, "Loses"));
    EnrolledEmployee other = database.inTransaction(em -> EmployeeFixture.person(em, "Keeps"));
    database.inTransaction(
        em -> {
          send(em, owner, 0, 2);
          send(em, other, 0, 1);
          return null;
        });
    database.inTransaction(
        em -> {
          DiagnosticsStore store = new DiagnosticsStore(em);
          assertThat(store.eraseOfDevice(owner.deviceId())).isEqualTo(2);
          assertThat(store.ofEmployee(owner.employeeId(), LONG_AGO, KEPT)).isEmpty();
          assertThat(store.ofEmployee(other.employeeId(), LONG_AGO, KEPT)).hasSize(1);
          assertThat(store.eraseOfEmployee(owner.employeeId())).isZero();
          assertThat(store.eraseOfEmployee(other.employeeId())).isEqualTo(1);
          assertThat(ofDevice(store, other.deviceId(), LONG_AGO, KEPT)).isEmpty();
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void what_is_old_goes_and_earlier_what_was_replaced(TestDatabase database) {
    EnrolledEmployee owner = database.inTransaction(em -> EmployeeFixture.person(em, "Old"));
    database.inTransaction(
        em -> {
          send(em, owner, 0, 8);
          return null;
        });
    database.inTransaction(
        em -> {
          DiagnosticsStore store = new DiagnosticsStore(em);
          // Of 0, 1 and 2 the content was replaced.
          store.forget(LONG_AGO, at(1));
          assertThat(store.receivedSince(owner.deviceId(), LONG_AGO, 10))
              .containsExactly(at(7), at(6), at(5), at(4), at(3), at(2));
          store.forget(at(4), at(1));
          assertThat(contents(ofDevice(store, owner.deviceId(), LONG_AGO, KEPT)))
              .containsExactly("7", "6", "5");
          assertThat(store.receivedSince(owner.deviceId(), LONG_AGO, 10)).hasSize(3);
          return null;
        });
  }

  private static List<DeviceDiagnostics> ofDevice(
      DiagnosticsStore store, String deviceId, Instant since, int limit) {
    return store.ofDevice(DepartmentScope.COMPANY, deviceId, since, limit);
  }
}
