package org.hikae.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.ResticObject;
import org.hikae.backup.entity.StoredObject;
import org.hikae.backup.value.ObjectRef;
import org.hikae.backup.wire.ResticType;
import org.hikae.hk1.Hash256;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.EmployeeFixture.EnrolledEmployee;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of what restic stores, with the application's own login, on both databases. */
class ResticObjectStoreTest extends OnBothDatabases {

  private static final Instant LATER = EmployeeFixture.START.plus(Duration.ofHours(3));

  private static Hash256 name(String seed) {
    return Hash256.sha256(seed.getBytes(StandardCharsets.UTF_8));
  }

  /** The repository that the person's device uses with restic. */
  private static long restic(TestDatabase database, EnrolledEmployee enrolledEmployee) {
    return database.inTransaction(em -> EmployeeFixture.restic(em, enrolledEmployee)).id();
  }

  private static ResticObject put(EntityManager em, long repository, ResticType type, String seed) {
    StoredObjectStore objects = new StoredObjectStore(em);
    StoredObject stored =
        objects.add(new StoredObject(repository, name(seed), seed.length(), EmployeeFixture.START));
    objects.count(stored);
    ResticObject object = new ResticObject(repository, type, stored.id(), EmployeeFixture.START);
    new ResticObjectStore(em).add(object);
    return object;
  }

  private static List<Hash256> listed(EntityManager em, long repository, ResticType type) {
    return new ResticObjectStore(em)
        .list(repository, type, 0, 100).stream().map(ResticObjectStore.Listed::name).toList();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_set_has_its_own_repository_and_one_of_restic_for_each_device(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Restic"));
    long restic = restic(database, enrolledEmployee);
    database.inTransaction(
        em -> {
          StoredObjectStore objects = new StoredObjectStore(em);
          BackupRepository own = objects.repositoryOf(enrolledEmployee.setId()).orElseThrow();
          assertThat(own.id()).isEqualTo(enrolledEmployee.repositoryId());
          assertThat(own.isRestic()).isFalse();
          BackupRepository found =
              objects
                  .resticRepositoryOf(enrolledEmployee.setId(), enrolledEmployee.deviceId())
                  .orElseThrow();
          assertThat(found.id()).isEqualTo(restic);
          assertThat(found.isRestic()).isTrue();
          assertThat(found.resticId()).isEqualTo(enrolledEmployee.deviceId());
          assertThat(objects.resticRepositoryOf(enrolledEmployee.setId(), "f".repeat(32)))
              .isEmpty();
          assertThat(objects.repositoriesIn(enrolledEmployee.setId()))
              .extracting(BackupRepository::id)
              .containsExactly(enrolledEmployee.repositoryId(), restic);
          return null;
        });
    assertThatThrownBy(() -> restic(database, enrolledEmployee))
        .isInstanceOf(PersistenceException.class);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void what_restic_stored_is_not_among_the_objects_of_the_devices(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Apart"));
    long restic = restic(database, enrolledEmployee);
    database.inTransaction(em -> put(em, restic, ResticType.DATA, "apart"));
    database.inTransaction(
        em -> {
          StoredObjectStore objects = new StoredObjectStore(em);
          assertThat(objects.find(enrolledEmployee.employeeId(), name("apart"))).isEmpty();
          assertThat(objects.find(restic, Set.of(name("apart")))).hasSize(1);
          assertThat(objects.repository(restic).orElseThrow().storedBytes()).isEqualTo(5);
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_released_object_is_gone_for_restic_until_it_is_revived(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Release"));
    long restic = restic(database, enrolledEmployee);
    long id = database.inTransaction(em -> put(em, restic, ResticType.DATA, "one")).objectId();
    database.inTransaction(em -> put(em, restic, ResticType.INDEX, "other"));
    database.inTransaction(
        em -> {
          ResticObjectStore objects = new ResticObjectStore(em);
          assertThat(listed(em, restic, ResticType.DATA)).containsExactly(name("one"));
          assertThat(objects.live(restic, ResticType.DATA, name("one")))
              .hasValueSatisfying(ref -> assertThat(ref.sizeBytes()).isEqualTo(3));
          assertThat(objects.live(restic, ResticType.INDEX, name("one"))).isEmpty();
          assertThat(objects.live(enrolledEmployee.repositoryId(), ResticType.DATA, name("one")))
              .isEmpty();
          objects.of(id, ResticType.DATA).orElseThrow().release(LATER);
          return null;
        });
    database.inTransaction(
        em -> {
          ResticObjectStore objects = new ResticObjectStore(em);
          assertThat(listed(em, restic, ResticType.DATA)).isEmpty();
          assertThat(objects.live(restic, ResticType.DATA, name("one"))).isEmpty();
          ResticObject object = objects.of(id, ResticType.DATA).orElseThrow();
          assertThat(object.isReleased()).isTrue();
          assertThat(object.releasedAt()).isEqualTo(LATER);
          assertThat(object.storedAt()).isEqualTo(EmployeeFixture.START);
          assertThatThrownBy(() -> object.release(LATER)).isInstanceOf(IllegalStateException.class);
          object.revive(LATER.minusSeconds(9));
          assertThatThrownBy(() -> object.revive(LATER)).isInstanceOf(IllegalStateException.class);
          return null;
        });
    database.inTransaction(
        em -> {
          assertThat(listed(em, restic, ResticType.DATA))
              .as("also when the clock was put back")
              .containsExactly(name("one"));
          ResticObject object = new ResticObjectStore(em).of(id, ResticType.DATA).orElseThrow();
          assertThat(object.releasedAt()).isEqualTo(LATER);
          assertThat(object.revivedAt()).isEqualTo(LATER.minusSeconds(9));
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void bytes_that_two_types_share_are_needed_until_both_are_released(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Shared"));
    long restic = restic(database, enrolledEmployee);
    long id = database.inTransaction(em -> put(em, restic, ResticType.DATA, "both")).objectId();
    database.inTransaction(
        em -> {
          ResticObjectStore objects = new ResticObjectStore(em);
          objects.add(new ResticObject(restic, ResticType.LOCKS, id, LATER));
          objects.of(id, ResticType.DATA).orElseThrow().release(LATER);
          assertThat(objects.uses(id)).isEqualTo(new ResticObjectStore.Uses(2, 1));
          assertThat(objects.uses(id).isNeeded()).isTrue();
          assertThat(objects.waiting(restic, 9)).isEmpty();
          objects.remove(objects.of(id, ResticType.LOCKS).orElseThrow());
          assertThat(objects.uses(id).isNeeded()).isFalse();
          assertThat(objects.uses(id).isUnknown()).isFalse();
          assertThat(objects.waiting(restic, 9)).extracting(ObjectRef::id).containsExactly(id);
          new IdleObjectStore(em).add(restic, new long[] {id});
          assertThat(new IdleObjectStore(em).has(id)).isTrue();
          assertThat(objects.waiting(restic, 9)).isEmpty();
          objects.remove(objects.of(id, ResticType.DATA).orElseThrow());
          assertThat(objects.uses(id).isUnknown()).isTrue();
          return null;
        });
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    em -> {
                      ResticObjectStore objects = new ResticObjectStore(em);
                      objects.add(new ResticObject(restic, ResticType.KEYS, id, LATER));
                      objects.add(new ResticObject(restic, ResticType.KEYS, id, LATER));
                      return null;
                    }))
        .isInstanceOf(PersistenceException.class);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void what_was_released_first_waits_in_front_and_lists_go_on_behind_a_page(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Waiting"));
    long restic = restic(database, enrolledEmployee);
    database.inTransaction(
        em -> {
          put(em, restic, ResticType.DATA, "late").release(LATER);
          put(em, restic, ResticType.DATA, "early").release(EmployeeFixture.START);
          put(em, restic, ResticType.SNAPSHOTS, "s1");
          put(em, restic, ResticType.SNAPSHOTS, "s2");
          return null;
        });
    database.inTransaction(
        em -> {
          ResticObjectStore objects = new ResticObjectStore(em);
          assertThat(objects.waiting(restic, 9))
              .extracting(ObjectRef::name)
              .containsExactly(name("early"), name("late"));
          assertThat(objects.waiting(restic, 1)).hasSize(1);
          List<ResticObjectStore.Listed> first = objects.list(restic, ResticType.SNAPSHOTS, 0, 1);
          assertThat(first).extracting(ResticObjectStore.Listed::name).containsExactly(name("s1"));
          assertThat(objects.list(restic, ResticType.SNAPSHOTS, first.getFirst().id(), 9))
              .extracting(ResticObjectStore.Listed::sizeBytes)
              .containsExactly(2L);
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_row_goes_with_its_stored_object(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Swept"));
    long restic = restic(database, enrolledEmployee);
    long id = database.inTransaction(em -> put(em, restic, ResticType.CONFIG, "config")).objectId();
    database.inTransaction(
        em -> {
          assertThat(new ResticObjectStore(em).liveConfig(restic))
              .hasValueSatisfying(ref -> assertThat(ref.name()).isEqualTo(name("config")));
          StoredObjectStore objects = new StoredObjectStore(em);
          objects.sweep(restic, objects.first(restic, 10));
          return null;
        });
    database.inTransaction(
        em -> {
          assertThat(new ResticObjectStore(em).uses(id).isUnknown()).isTrue();
          assertThat(new ResticObjectStore(em).liveConfig(restic)).isEmpty();
          return null;
        });
  }
}
