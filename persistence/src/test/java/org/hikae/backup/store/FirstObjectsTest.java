package org.hikae.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.enrollment.entity.BackupSet;
import org.hikae.enrollment.store.BackupSetStore;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.PausedCommit;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The first objects of a set come at once. Each looks for the repository, finds none, holds the set
 * and looks again, as {@code ObjectIntake} does: only the first may make it.
 */
class FirstObjectsTest extends OnBothDatabases {

  @ParameterizedTest
  @MethodSource("databases")
  void who_looked_while_the_first_committed_sees_its_repository_under_the_lock(
      TestDatabase database) throws Exception {
    BackupSet set = database.inTransaction(FirstObjectsTest::setWithoutRepository);
    PausedCommit commit = new PausedCommit();
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<Boolean> first =
          pool.submit(() -> database.inTransaction(em -> make(em, set, commit)));
      commit.awaitStop();
      boolean made =
          database.inTransaction(
              em -> {
                assertThat(repository(em, set)).as("nothing can be seen yet").isEmpty();
                commit.release();
                return makeUnderTheLock(em, set);
              });
      assertThat(first.get()).isTrue();
      assertThat(made).as("another repository was made").isFalse();
    } finally {
      commit.release();
    }
  }

  private static BackupSet setWithoutRepository(EntityManager em) {
    long employeeId = EmployeeFixture.employee(em, "First").employeeId();
    String deviceId = EmployeeFixture.device(em, employeeId);
    BackupSet set =
        new BackupSet("f15" + deviceId.substring(3), employeeId, deviceId, EmployeeFixture.START);
    set.activate();
    em.persist(set);
    return set;
  }

  private static boolean make(EntityManager em, BackupSet set, PausedCommit commit) {
    boolean made = makeUnderTheLock(em, set);
    commit.stopAtCommit(em);
    return made;
  }

  /** Whether this transaction has made the repository. */
  private static boolean makeUnderTheLock(EntityManager em, BackupSet set) {
    assertThat(new BackupSetStore(em).lockActive(set.setId())).isTrue();
    if (repository(em, set).isPresent()) {
      return false;
    }
    new StoredObjectStore(em)
        .add(new BackupRepository(set.setId(), set.employeeId(), EmployeeFixture.START));
    new StorageUseStore(em).open(set.employeeId());
    return true;
  }

  private static Optional<BackupRepository> repository(EntityManager em, BackupSet set) {
    return new StoredObjectStore(em).repositoryOf(set.setId());
  }
}
