package org.hikae.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.MaintenanceState;
import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.entity.SnapshotRelease;
import org.hikae.backup.entity.StoredObject;
import org.hikae.backup.value.ObjectRef;
import org.hikae.backup.value.ObjectTable;
import org.hikae.backup.wire.ReleaseCause;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.SnapshotStub;
import org.hikae.hk1.TextCodec;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.EmployeeFixture.EnrolledEmployee;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of releases, collection and quota, with the application's own login, on both databases. */
@EveryThirdRun
class GarbageCollectionStoresTest extends OnBothDatabases {

  private static final Instant NOW = EmployeeFixture.START.plus(Duration.ofDays(40));

  private static Hash256 name(Object seed) {
    return Hash256.sha256(String.valueOf(seed).getBytes(StandardCharsets.UTF_8));
  }

  private static long[] put(
      TestDatabase database, EnrolledEmployee enrolledEmployee, String seed, int count) {
    return database.inTransaction(
        em -> {
          StoredObjectStore objects = new StoredObjectStore(em);
          LongStream.Builder ids = LongStream.builder();
          for (int i = 0; i < count; i++) {
            StoredObject object =
                objects.add(
                    new StoredObject(
                        enrolledEmployee.repositoryId(),
                        name(seed + i),
                        10,
                        EmployeeFixture.START));
            objects.count(object);
            ids.add(object.id());
            // Each query looks through all that the session holds.
            em.clear();
          }
          return ids.build().toArray();
        });
  }

  private static Snapshot commit(
      TestDatabase database, EnrolledEmployee enrolledEmployee, long sequence, long[] ids) {
    return database.inTransaction(
        em -> {
          BackupRepository repository =
              new StoredObjectStore(em).repositoryOf(enrolledEmployee.setId()).orElseThrow();
          Snapshot snapshot =
              new Snapshot(
                  repository,
                  stub(enrolledEmployee, sequence),
                  new Snapshot.Figures(ids.length, 10, 1, 5),
                  EmployeeFixture.START);
          new SnapshotStore(em).add(snapshot, ids);
          return snapshot;
        });
  }

  private static SnapshotStub stub(EnrolledEmployee enrolledEmployee, long sequence) {
    try {
      return new SnapshotStub(
          TextCodec.parseId("set", enrolledEmployee.setId()),
          TextCodec.parseId("device", enrolledEmployee.deviceId()),
          1,
          sequence,
          sequence == 1 ? Hash256.ZERO : name("previous" + sequence),
          name("root" + sequence),
          name("list"));
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static SnapshotRelease.Decision byRule() {
    return new SnapshotRelease.Decision(ReleaseCause.RETENTION, null, EmployeeFixture.START);
  }

  private static List<Long> standing(EntityManager em, EnrolledEmployee enrolledEmployee) {
    return new SnapshotStore(em)
        .standing(enrolledEmployee.repositoryId()).stream().map(Snapshot::sequence).toList();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_removed_snapshot_keeps_its_stub_and_its_reason(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Stub"));
    long[] ids = put(database, enrolledEmployee, "stub", 3);
    Snapshot first = commit(database, enrolledEmployee, 1, ids);
    commit(database, enrolledEmployee, 2, ids);
    database.inTransaction(
        em -> {
          SnapshotStore snapshots = new SnapshotStore(em);
          SnapshotRelease release = new SnapshotRelease(first, byRule());
          snapshots.add(release);
          assertThat(snapshots.waiting(enrolledEmployee.employeeId())).isEqualTo(1);
          release.beginHoldPeriod(NOW, Duration.ofDays(30));
          return null;
        });
    database.inTransaction(
        em -> {
          assertThat(standing(em, enrolledEmployee)).containsExactly(2L, 1L);
          SnapshotStore snapshots = new SnapshotStore(em);
          SnapshotRelease release =
              snapshots.openReleases(enrolledEmployee.repositoryId()).get(first.row());
          assertThat(release.over(NOW.plus(Duration.ofDays(30)).minusMillis(1))).isFalse();
          assertThat(release.over(NOW.plus(Duration.ofDays(30)))).isTrue();
          snapshots.removeList(first);
          release.remove(NOW);
          return null;
        });
    database.inTransaction(
        em -> {
          SnapshotStore snapshots = new SnapshotStore(em);
          assertThat(standing(em, enrolledEmployee)).containsExactly(2L);
          assertThat(snapshots.openReleases(enrolledEmployee.repositoryId())).isEmpty();
          assertThat(snapshots.page(enrolledEmployee.employeeId(), Long.MAX_VALUE, null, 10))
              .hasSize(2);
          SnapshotRelease release = snapshots.releases(List.of(first)).get(first.row());
          assertThat(release.state()).isEqualTo(ReleaseState.REMOVED);
          assertThat(release.rule()).isEqualTo(ReleaseCause.RETENTION);
          assertThat(release.removedAt()).isEqualTo(NOW);
          assertThat(snapshots.hasSuccessor(first)).isTrue();
          List<Snapshot> both =
              snapshots.page(enrolledEmployee.employeeId(), Long.MAX_VALUE, null, 10);
          assertThat(snapshots.succeeded(both)).containsExactly(first.row());
          assertThat(snapshots.succeeded(List.of())).isEmpty();
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_fate_cannot_turn_from_removed_to_anything(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Life"));
    Snapshot snapshot =
        commit(database, enrolledEmployee, 1, put(database, enrolledEmployee, "life", 1));
    SnapshotRelease release = new SnapshotRelease(snapshot, byRule());
    assertThat(release.live()).isTrue();
    assertThatThrownBy(() -> release.remove(NOW)).isInstanceOf(IllegalStateException.class);
    release.beginHoldPeriod(NOW, Duration.ofDays(30));
    assertThat(release.live()).isFalse();
    release.extend(Duration.ofDays(10));
    assertThat(release.heldUntil()).as("no shorter").isEqualTo(NOW.plus(Duration.ofDays(30)));
    release.extend(Duration.ofDays(60));
    assertThat(release.heldUntil()).isEqualTo(NOW.plus(Duration.ofDays(60)));
    release.takeBack(new SnapshotRelease.Decision(ReleaseCause.EMPLOYEE, null, NOW));
    assertThat(release.over(Instant.MAX)).isFalse();
    release.release(byRule());
    release.beginHoldPeriod(NOW, Duration.ofDays(1));
    release.remove(NOW);
    assertThatThrownBy(() -> release.takeBack(byRule())).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> release.release(byRule())).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void doomed_objects_count_as_absent_until_they_are_needed_again(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Doom"));
    long repository = enrolledEmployee.repositoryId();
    long[] ids = put(database, enrolledEmployee, "doom", 2500);
    long[] doomed = LongStream.of(ids).limit(1200).toArray();
    database.inTransaction(
        em -> {
          new IdleObjectStore(em).add(repository, ids);
          new IdleObjectStore(em).doom(doomed, NOW);
          return null;
        });
    database.inTransaction(
        em -> {
          StoredObjectStore objects = new StoredObjectStore(em);
          assertThat(objects.standing(repository, name("doom0")))
              .isEqualTo(StoredObjectStore.ObjectStatus.DOOMED);
          assertThat(objects.standing(repository, name("doom1200")))
              .isEqualTo(StoredObjectStore.ObjectStatus.PRESENT);
          assertThat(objects.standing(repository, name("other")))
              .isEqualTo(StoredObjectStore.ObjectStatus.ABSENT);
          Set<Hash256> asked = Set.of(name("doom0"), name("doom1200"), name("other"));
          assertThat(objects.present(repository, asked)).containsExactly(name("doom1200"));
          assertThat(objects.find(repository, asked)).hasSize(2);
          IdleObjectStore idle = new IdleObjectStore(em);
          assertThat(idle.of(repository)).hasSize(2500).containsEntry(doomed[0], true);
          assertThat(idle.among(repository, new long[] {ids[3], ids[2400]})).hasSize(2);
          assertThat(idle.doomedBefore(repository, NOW, 50)).isEmpty();
          assertThat(idle.doomedBefore(repository, NOW.plusSeconds(1), 50)).hasSize(50);
          idle.spare(new long[] {doomed[0]});
          idle.remove(new long[] {doomed[1]});
          return null;
        });
    database.inTransaction(
        em -> {
          Map<Long, Boolean> idle = new IdleObjectStore(em).of(repository);
          assertThat(idle).containsEntry(doomed[0], false).doesNotContainKey(doomed[1]);
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void collected_objects_are_counted_out_and_only_once(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Sweep"));
    long repository = enrolledEmployee.repositoryId();
    long[] ids = put(database, enrolledEmployee, "sweep", 5);
    database.inTransaction(
        em -> {
          new IdleObjectStore(em).add(repository, new long[] {ids[0], ids[1]});
          new IdleObjectStore(em).doom(new long[] {ids[0], ids[1]}, NOW);
          return null;
        });
    List<ObjectRef> doomed =
        database.inTransaction(
            em -> new IdleObjectStore(em).doomedBefore(repository, NOW.plusSeconds(1), 10));
    assertThat(doomed).hasSize(2);
    database.inTransaction(
        em -> {
          new StoredObjectStore(em).sweep(repository, doomed);
          return null;
        });
    database.inTransaction(
        em -> {
          StoredObjectStore objects = new StoredObjectStore(em);
          BackupRepository row = objects.repository(repository).orElseThrow();
          assertThat(row.objectCount()).isEqualTo(3);
          assertThat(row.storedBytes()).isEqualTo(30);
          assertThat(row.sweptCount()).isEqualTo(2);
          assertThat(objects.sweptCount(repository)).isEqualTo(2);
          ObjectTable table = objects.table(repository);
          assertThat(table.count()).isEqualTo(3);
          assertThat(table.id(0)).isEqualTo(ids[2]);
          assertThat(table.storedBefore(0, EmployeeFixture.START)).isFalse();
          assertThat(table.storedBefore(0, EmployeeFixture.START.plusSeconds(1))).isTrue();
          return null;
        });
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    em -> {
                      new StoredObjectStore(em).sweep(repository, doomed);
                      return null;
                    }))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void of_many_uploads_at_once_exactly_those_that_fit_are_counted(TestDatabase database)
      throws Exception {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Quota"));
    int senders = 8;
    int each = 20;
    long quota = 1000;
    long size = 7;
    CountDownLatch ready = new CountDownLatch(senders);
    List<Future<Integer>> sent = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(senders)) {
      for (int i = 0; i < senders; i++) {
        sent.add(
            pool.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  int fitted = 0;
                  for (int j = 0; j < each; j++) {
                    boolean fits =
                        database.inTransaction(
                            em ->
                                new StorageUseStore(em)
                                    .charge(enrolledEmployee.employeeId(), size, 0, quota));
                    fitted += fits ? 1 : 0;
                  }
                  return fitted;
                }));
      }
    }
    int fitted = 0;
    for (Future<Integer> one : sent) {
      fitted += one.get();
    }
    assertThat(fitted).isEqualTo((int) (quota / size));
    StorageUseStore.Figures figures =
        database.inTransaction(em -> new StorageUseStore(em).of(enrolledEmployee.employeeId()));
    assertThat(figures.liveBytes()).isEqualTo(quota / size * size);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void the_last_byte_fits_and_one_more_does_not(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Edge"));
    long who = enrolledEmployee.employeeId();
    database.inTransaction(
        em -> {
          StorageUseStore uses = new StorageUseStore(em);
          assertThat(uses.charge(who, 101, 0, 100)).isFalse();
          assertThat(uses.charge(who, 100, 0, 100)).isTrue();
          assertThat(uses.charge(who, 1, 0, 100)).isFalse();
          assertThat(uses.charge(who, 0, 0, 100)).isTrue();
          uses.change(who, -40, 40);
          assertThat(uses.of(who)).isEqualTo(new StorageUseStore.Figures(60L, 40L));
          assertThat(uses.charge(who, 40, 40, 100)).as("held bytes become live").isTrue();
          assertThat(uses.of(who)).isEqualTo(new StorageUseStore.Figures(100L, 0L));
          assertThat(uses.of(Long.MAX_VALUE)).isEqualTo(new StorageUseStore.Figures(0L, 0L));
          return null;
        });
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    em -> {
                      new StorageUseStore(em).change(who, 0, -1);
                      return null;
                    }))
        .as("figures never become negative")
        .isNotNull();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void notices_once_until_it_was_below_again(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Notice"));
    long who = enrolledEmployee.employeeId();
    database.inTransaction(
        em -> {
          StorageUseStore uses = new StorageUseStore(em);
          uses.change(who, 79, 0);
          assertThat(uses.reached(who, 80)).isFalse();
          uses.change(who, 1, 0);
          assertThat(uses.reached(who, 80)).isTrue();
          assertThat(uses.reached(who, 80)).isFalse();
          uses.fellBelow(who, 80);
          assertThat(uses.reached(who, 80)).isFalse();
          uses.change(who, -1, 0);
          uses.fellBelow(who, 80);
          uses.change(who, 1, 0);
          assertThat(uses.reached(who, 80)).isTrue();
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void housekeeping_has_one_row_and_goes_through_all_repositories(TestDatabase database) {
    EnrolledEmployee one = database.inTransaction(em -> EmployeeFixture.person(em, "First"));
    EnrolledEmployee two = database.inTransaction(em -> EmployeeFixture.person(em, "Second"));
    database.inTransaction(
        em -> {
          MaintenanceStateStore rows = new MaintenanceStateStore(em);
          MaintenanceState row = rows.lock();
          Instant wall = row.wall(row.now(Instant.EPOCH), Instant.EPOCH);
          assertThat(wall).isEqualTo(Instant.EPOCH);
          assertThat(rows.repositoriesAfter(one.repositoryId() - 1, 1))
              .containsExactly(one.repositoryId());
          assertThat(rows.repositoriesAfter(one.repositoryId(), 100))
              .contains(two.repositoryId())
              .doesNotContain(one.repositoryId());
          return null;
        });
  }
}
