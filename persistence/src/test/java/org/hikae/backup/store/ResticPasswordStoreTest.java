package org.hikae.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.ResticPassword;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.EmployeeFixture.EnrolledEmployee;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HK1-G-10: passwords of restic are found by their owner only, and go with the repository. */
class ResticPasswordStoreTest extends OnBothDatabases {

  private static void keep(
      TestDatabase database, EnrolledEmployee enrolledEmployee, BackupRepository one, int number) {
    database.inTransaction(
        em -> {
          new ResticPasswordStore(em)
              .add(
                  new ResticPassword(
                      one,
                      number,
                      1,
                      enrolledEmployee.deviceId(),
                      EmployeeFixture.START,
                      new byte[] {(byte) number}));
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void the_newest_comes_first_and_another_employee_finds_none(TestDatabase database) {
    EnrolledEmployee owner = database.inTransaction(em -> EmployeeFixture.person(em, "Keeps"));
    EnrolledEmployee other = database.inTransaction(em -> EmployeeFixture.person(em, "Other"));
    BackupRepository one = database.inTransaction(em -> EmployeeFixture.restic(em, owner));
    keep(database, owner, one, 1);
    keep(database, owner, one, 2);
    database.inTransaction(
        em -> {
          ResticPasswordStore passwords = new ResticPasswordStore(em);
          List<ResticPassword> kept = passwords.of(owner.employeeId(), one.id());
          assertThat(kept).extracting(ResticPassword::number).containsExactly(2, 1);
          assertThat(kept.getFirst().wrappedPassword()).containsExactly(2);
          assertThat(kept.getFirst().generation()).isEqualTo(1);
          assertThat(kept.getFirst().deviceId()).isEqualTo(owner.deviceId());
          assertThat(kept.getFirst().storedAt()).isEqualTo(EmployeeFixture.START);
          assertThat(kept.getFirst().repositoryId()).isEqualTo(one.id());
          assertThat(passwords.of(other.employeeId(), one.id())).isEmpty();
          assertThat(passwords.repository(owner.employeeId(), one.resticId())).isPresent();
          assertThat(passwords.repository(other.employeeId(), one.resticId())).isEmpty();
          assertThat(passwords.repository(owner.employeeId(), "")).isEmpty();
          assertThat(passwords.repositories(owner.employeeId(), 10)).hasSize(1);
          assertThat(passwords.repositories(owner.employeeId(), 10).getFirst().deviceId())
              .isEqualTo(owner.deviceId());
          assertThat(passwords.repositories(other.employeeId(), 10)).isEmpty();
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void they_go_with_the_repository(TestDatabase database) {
    EnrolledEmployee owner = database.inTransaction(em -> EmployeeFixture.person(em, "Leaves"));
    BackupRepository one = database.inTransaction(em -> EmployeeFixture.restic(em, owner));
    keep(database, owner, one, 1);
    database.inTransaction(
        em -> {
          new StoredObjectStore(em).remove(em.find(BackupRepository.class, one.id()));
          return null;
        });
    database.inTransaction(
        em -> {
          assertThat(new ResticPasswordStore(em).of(owner.employeeId(), one.id())).isEmpty();
          return null;
        });
  }
}
