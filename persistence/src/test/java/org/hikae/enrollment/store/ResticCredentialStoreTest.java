package org.hikae.enrollment.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.store.StoredObjectStore;
import org.hikae.enrollment.entity.BackupSet;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.entity.ResticCredential;
import org.hikae.enrollment.value.ResticAdmission;
import org.hikae.enrollment.value.ResticCredentialLifetime;
import org.hikae.enrollment.value.ResticCredentialScope;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.value.EmployeeState;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.EmployeeFixture.EnrolledEmployee;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Credentials of restic clients, with the application's own login, on both databases. */
class ResticCredentialStoreTest extends OnBothDatabases {

  private static final Duration LIFE = Duration.ofDays(365);
  private static final String HASH = "ab".repeat(32);

  private static ResticCredentialScope give(
      TestDatabase database, EnrolledEmployee enrolledEmployee, String id) {
    return database.inTransaction(
        em -> {
          BackupRepository repository =
              new StoredObjectStore(em)
                  .resticRepositoryOf(enrolledEmployee.setId(), enrolledEmployee.deviceId())
                  .orElseGet(() -> EmployeeFixture.restic(em, enrolledEmployee));
          ResticCredentialScope scope =
              new ResticCredentialScope(
                  enrolledEmployee.setId(), repository.id(), repository.resticId());
          new ResticCredentialStore(em)
              .add(
                  new ResticCredential(
                      id,
                      HASH,
                      em.find(Device.class, enrolledEmployee.deviceId()),
                      scope,
                      new ResticCredentialLifetime(
                          EmployeeFixture.START, EmployeeFixture.START.plus(LIFE))));
          return scope;
        });
  }

  private static ResticAdmission admission(TestDatabase database, String id, Instant now) {
    return database.inTransaction(
        em -> new ResticCredentialStore(em).admission(id, now).orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("databases")
  void one_query_tells_what_the_credential_opens_and_whether_all_may_act(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Gate"));
    String id = "a" + enrolledEmployee.deviceId().substring(1);
    ResticCredentialScope scope = give(database, enrolledEmployee, id);
    ResticAdmission admission = admission(database, id, EmployeeFixture.START);
    assertThat(admission.secretHash()).isEqualTo(HASH);
    assertThat(admission.usable()).isTrue();
    assertThat(admission.lastUsedAt()).isNull();
    assertThat(admission.scope()).isEqualTo(scope);
    assertThat(admission.employee())
        .isEqualTo(
            new ResticAdmission.Person(enrolledEmployee.employeeId(), EmployeeState.ENABLED));
    assertThat(admission.device())
        .isEqualTo(new ResticAdmission.Machine(enrolledEmployee.deviceId(), DeviceState.ACTIVE));
    assertThat(admission.setState()).isEqualTo(BackupSetState.ACTIVE);
    database.inTransaction(
        em -> {
          assertThat(new ResticCredentialStore(em).admission("b".repeat(32), EmployeeFixture.START))
              .isEmpty();
          em.find(Device.class, enrolledEmployee.deviceId()).revoke();
          return null;
        });
    assertThat(admission(database, id, EmployeeFixture.START).device().state())
        .isEqualTo(DeviceState.REVOKED);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void it_ends_by_time_or_by_revocation(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Ends"));
    String first = "c" + enrolledEmployee.deviceId().substring(1);
    String second = "d" + enrolledEmployee.deviceId().substring(1);
    ResticCredentialScope scope = give(database, enrolledEmployee, first);
    give(database, enrolledEmployee, second);
    Instant end = EmployeeFixture.START.plus(LIFE);
    assertThat(admission(database, first, end.minusSeconds(1)).usable()).isTrue();
    assertThat(admission(database, first, end).usable()).isFalse();
    database.inTransaction(
        em -> {
          ResticCredentialStore credentials = new ResticCredentialStore(em);
          assertThat(credentials.countUsable(scope.repositoryId(), EmployeeFixture.START))
              .isEqualTo(2);
          assertThat(credentials.countUsable(scope.repositoryId(), end)).isZero();
          assertThat(credentials.find(first, enrolledEmployee.employeeId() + 1)).isEmpty();
          ResticCredential found =
              credentials.find(first, enrolledEmployee.employeeId()).orElseThrow();
          found.revoke(EmployeeFixture.START);
          found.revoke(end);
          return null;
        });
    assertThat(admission(database, first, EmployeeFixture.START).usable()).isFalse();
    database.inTransaction(
        em -> {
          ResticCredentialStore credentials = new ResticCredentialStore(em);
          assertThat(credentials.countUsable(scope.repositoryId(), EmployeeFixture.START))
              .isEqualTo(1);
          assertThat(credentials.of(enrolledEmployee.employeeId(), 9))
              .extracting(ResticCredential::credentialId)
              .containsExactly(first, second);
          assertThat(credentials.of(enrolledEmployee.employeeId(), 9).getFirst().revokedAt())
              .isEqualTo(EmployeeFixture.START);
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void its_use_is_noted_once_in_a_while(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Used"));
    String id = "e" + enrolledEmployee.deviceId().substring(1);
    give(database, enrolledEmployee, id);
    Instant now = EmployeeFixture.START.plusSeconds(100);
    for (Instant at : new Instant[] {now, now.plusSeconds(10)}) {
      database.inTransaction(
          em -> {
            new ResticCredentialStore(em).used(id, at, at.minusSeconds(60));
            return null;
          });
    }
    assertThat(admission(database, id, now).lastUsedAt()).isEqualTo(now);
    database.inTransaction(
        em -> {
          new ResticCredentialStore(em).used(id, now.plusSeconds(90), now.plusSeconds(30));
          return null;
        });
    assertThat(admission(database, id, now).lastUsedAt()).isEqualTo(now.plusSeconds(90));
  }

  private static List<String> ending(
      TestDatabase database, Instant now, Instant until, String after) {
    return database.inTransaction(
        em ->
            new ResticCredentialStore(em)
                    .ending(
                        new ResticCredentialStore.Ending(
                            now, until, EmployeeFixture.START.plusSeconds(100), after),
                        9)
                    .stream()
                    .map(ResticCredential::credentialId)
                    .toList());
  }

  @ParameterizedTest
  @MethodSource("databases")
  void those_that_were_used_lately_and_will_end_are_found(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Soon"));
    String used = "7" + enrolledEmployee.deviceId().substring(1);
    String before = "6" + enrolledEmployee.deviceId().substring(1);
    String never = "8" + enrolledEmployee.deviceId().substring(1);
    String revoked = "9" + enrolledEmployee.deviceId().substring(1);
    List.of(used, before, never, revoked).forEach(id -> give(database, enrolledEmployee, id));
    Instant use = EmployeeFixture.START.plusSeconds(100);
    database.inTransaction(
        em -> {
          ResticCredentialStore credentials = new ResticCredentialStore(em);
          credentials.used(used, use, use);
          credentials.used(revoked, use, use);
          credentials.used(before, use.minusSeconds(1), use);
          credentials.find(revoked, enrolledEmployee.employeeId()).orElseThrow().revoke(use);
          return null;
        });
    Instant end = EmployeeFixture.START.plus(LIFE);
    assertThat(ending(database, end.minusSeconds(9), end, "")).contains(used);
    assertThat(ending(database, end.minusSeconds(9), end, ""))
        .doesNotContain(before, never, revoked);
    assertThat(ending(database, end.minusSeconds(9), end.minusSeconds(1), "")).doesNotContain(used);
    assertThat(ending(database, end, end.plusSeconds(9), "")).doesNotContain(used);
    assertThat(ending(database, end.minusSeconds(9), end, used)).doesNotContain(used);
    database.inTransaction(
        em -> {
          em.find(Device.class, enrolledEmployee.deviceId()).pause();
          return null;
        });
    assertThat(ending(database, end.minusSeconds(9), end, "")).doesNotContain(used);
  }

  private static String usedAtTheStart(
      TestDatabase database, EnrolledEmployee enrolledEmployee, String first) {
    String id = first + enrolledEmployee.deviceId().substring(1);
    give(database, enrolledEmployee, id);
    Instant use = EmployeeFixture.START.plusSeconds(100);
    database.inTransaction(
        em -> {
          new ResticCredentialStore(em).used(id, use, use);
          return null;
        });
    return id;
  }

  @ParameterizedTest
  @MethodSource("databases")
  void those_of_who_has_left_or_opted_out_are_not_looked_for(TestDatabase database) {
    EnrolledEmployee left = database.inTransaction(em -> EmployeeFixture.person(em, "Left"));
    EnrolledEmployee out = database.inTransaction(em -> EmployeeFixture.person(em, "Out"));
    String ofLeft = usedAtTheStart(database, left, "4");
    String ofOut = usedAtTheStart(database, out, "5");
    Instant end = EmployeeFixture.START.plus(LIFE);
    assertThat(ending(database, end.minusSeconds(9), end, "3")).contains(ofLeft, ofOut);
    database.inTransaction(
        em -> {
          em.find(Employee.class, left.employeeId())
              .leave(EmployeeState.DISABLED, EmployeeFixture.START);
          em.find(BackupSet.class, out.setId()).withdraw();
          return null;
        });
    assertThat(ending(database, end.minusSeconds(9), end, "3")).doesNotContain(ofLeft, ofOut);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void it_goes_with_its_repository(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Gone"));
    String id = "f" + enrolledEmployee.deviceId().substring(1);
    ResticCredentialScope scope = give(database, enrolledEmployee, id);
    database.inTransaction(
        em -> {
          StoredObjectStore objects = new StoredObjectStore(em);
          objects.remove(objects.repository(scope.repositoryId()).orElseThrow());
          return null;
        });
    database.inTransaction(
        em -> {
          assertThat(new ResticCredentialStore(em).admission(id, EmployeeFixture.START)).isEmpty();
          return null;
        });
  }
}
