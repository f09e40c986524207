package org.hikae.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.NewestRun;
import org.hikae.backup.entity.Run;
import org.hikae.backup.entity.Series;
import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.entity.StoredObject;
import org.hikae.backup.value.ObjectRef;
import org.hikae.backup.value.ReportedRun;
import org.hikae.backup.value.RunFigures;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.ObjectList;
import org.hikae.hk1.SnapshotStub;
import org.hikae.hk1.TextCodec;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.EmployeeFixture.EnrolledEmployee;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows and queries of backup, with the application's own login, on both databases. */
@EveryThirdRun
class BackupStoresTest extends OnBothDatabases {

  private static Hash256 name(Object seed) {
    return Hash256.sha256(String.valueOf(seed).getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectRef put(
      EntityManager em, EnrolledEmployee enrolledEmployee, Object seed, long size) {
    StoredObjectStore objects = new StoredObjectStore(em);
    StoredObject object =
        objects.add(
            new StoredObject(
                enrolledEmployee.repositoryId(), name(seed), size, EmployeeFixture.START));
    objects.count(object);
    return new ObjectRef(object.id(), enrolledEmployee.repositoryId(), object.name(), size);
  }

  private static SnapshotStub stub(
      EnrolledEmployee enrolledEmployee, long sequence, Hash256 previous) {
    try {
      return new SnapshotStub(
          TextCodec.parseId("set", enrolledEmployee.setId()),
          TextCodec.parseId("device", enrolledEmployee.deviceId()),
          1,
          sequence,
          previous,
          name("root" + sequence),
          ObjectList.hash(List.of()));
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Snapshot commit(EntityManager em, EnrolledEmployee enrolledEmployee, long[] ids) {
    SnapshotStore snapshots = new SnapshotStore(em);
    BackupRepository repository =
        new StoredObjectStore(em).repositoryOf(enrolledEmployee.setId()).orElseThrow();
    Series series =
        snapshots.lockSeries(enrolledEmployee.repositoryId(), enrolledEmployee.deviceId());
    Hash256 last;
    try {
      last = Hash256.parse(series.lastStub());
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
    Snapshot snapshot =
        new Snapshot(
            repository,
            stub(enrolledEmployee, series.lastSequence() + 1, last),
            new Snapshot.Figures(ids.length, 10, 1, 5),
            EmployeeFixture.START);
    snapshots.add(snapshot, ids);
    series.advance(snapshot);
    return snapshot;
  }

  @ParameterizedTest
  @MethodSource("databases")
  void counts_objects_and_bytes_once(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Counter"));
    database.inTransaction(
        em -> {
          put(em, enrolledEmployee, "a", 100);
          return put(em, enrolledEmployee, "b", 23);
        });
    BackupRepository repository =
        database.inTransaction(
            em -> new StoredObjectStore(em).repositoryOf(enrolledEmployee.setId()).orElseThrow());
    assertThat(repository.objectCount()).isEqualTo(2);
    assertThat(repository.storedBytes()).isEqualTo(123);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void refuses_the_same_object_twice_in_one_repository_only(TestDatabase database) {
    EnrolledEmployee one = database.inTransaction(em -> EmployeeFixture.person(em, "One"));
    EnrolledEmployee two = database.inTransaction(em -> EmployeeFixture.person(em, "Two"));
    database.inTransaction(em -> put(em, one, "same", 1));
    database.inTransaction(em -> put(em, two, "same", 1));
    assertThatThrownBy(() -> database.inTransaction(em -> put(em, one, "same", 1)))
        .hasMessageContaining("insert");
    long count =
        database.inTransaction(
            em -> new StoredObjectStore(em).repositoryOf(one.setId()).orElseThrow().objectCount());
    assertThat(count).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void finds_objects_of_the_employee_and_no_others(TestDatabase database) {
    EnrolledEmployee mine = database.inTransaction(em -> EmployeeFixture.person(em, "Mine"));
    EnrolledEmployee other = database.inTransaction(em -> EmployeeFixture.person(em, "Other"));
    database.inTransaction(em -> put(em, other, "theirs", 5));
    database.inTransaction(
        em -> {
          StoredObjectStore objects = new StoredObjectStore(em);
          Hash256 theirs = name("theirs");
          assertThat(objects.find(other.employeeId(), theirs)).isPresent();
          assertThat(objects.find(mine.employeeId(), theirs)).isEmpty();
          assertThat(objects.standing(mine.repositoryId(), theirs))
              .isEqualTo(StoredObjectStore.ObjectStatus.ABSENT);
          assertThat(objects.find(mine.repositoryId(), Set.of(theirs))).isEmpty();
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void finds_many_names_in_blocks(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Many"));
    int stored = 2345;
    database.inTransaction(
        em -> {
          for (int i = 0; i < stored; i++) {
            put(em, enrolledEmployee, "many" + i, i);
            // Each query looks through all that the session holds.
            em.clear();
          }
          return null;
        });
    for (int asked : new int[] {0, 1, 3, 999, 1000, 1001, stored, stored + 500}) {
      Set<Hash256> names = new HashSet<>();
      for (int i = 0; i < asked; i++) {
        names.add(name("many" + i));
      }
      Map<Hash256, ObjectRef> found =
          database.inTransaction(
              em -> new StoredObjectStore(em).find(enrolledEmployee.repositoryId(), names));
      assertThat(found).hasSize(Math.min(asked, stored));
      found.forEach((name, ref) -> assertThat(name("many" + ref.sizeBytes())).isEqualTo(name));
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void reads_a_list_back_in_order_and_misses_none(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Lists"));
    List<ObjectRef> all =
        database.inTransaction(
            em -> {
              List<ObjectRef> refs = new ArrayList<>();
              for (int i = 0; i < 300; i++) {
                refs.add(put(em, enrolledEmployee, "list" + i, 1));
                em.clear();
              }
              return refs;
            });
    List<ObjectRef> some = new ArrayList<>(all);
    Collections.shuffle(some, new Random(3));
    long[] ids = some.subList(0, 120).stream().mapToLong(ObjectRef::id).sorted().toArray();
    Snapshot snapshot = database.inTransaction(em -> commit(em, enrolledEmployee, ids));
    database.inTransaction(
        em -> {
          SnapshotStore snapshots = new SnapshotStore(em);
          Snapshot found =
              snapshots.find(enrolledEmployee.employeeId(), snapshot.snapshotId()).orElseThrow();
          assertThat(snapshots.objectIds(found)).isEqualTo(ids);
          assertThat(new StoredObjectStore(em).byIds(enrolledEmployee.repositoryId(), ids))
              .extracting(ObjectRef::id)
              .containsExactlyElementsOf(Arrays.stream(ids).boxed().toList());
          return null;
        });
    long[] lost = Arrays.copyOf(ids, ids.length + 1);
    lost[ids.length] = all.getLast().id() + 1_000_000;
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    em -> new StoredObjectStore(em).byIds(enrolledEmployee.repositoryId(), lost)))
        .isInstanceOf(IllegalStateException.class);
  }

  /** HK1-R-12. */
  @ParameterizedTest
  @MethodSource("databases")
  void pages_through_snapshots_newest_first_without_gaps(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Pages"));
    EnrolledEmployee other = database.inTransaction(em -> EmployeeFixture.person(em, "Elsewhere"));
    List<String> committed = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      committed.addFirst(
          database.inTransaction(em -> commit(em, enrolledEmployee, new long[0]).snapshotId()));
      database.inTransaction(em -> commit(em, other, new long[0]));
    }
    List<String> seen = new ArrayList<>();
    long before = Long.MAX_VALUE;
    while (true) {
      long from = before;
      List<Snapshot> page =
          database.inTransaction(
              em -> new SnapshotStore(em).page(enrolledEmployee.employeeId(), from, null, 3));
      if (page.isEmpty()) {
        break;
      }
      page.forEach(snapshot -> seen.add(snapshot.snapshotId()));
      before = page.getLast().row();
    }
    assertThat(seen).isEqualTo(committed);
    List<Snapshot> mixed =
        database.inTransaction(
            em ->
                new SnapshotStore(em)
                    .page(enrolledEmployee.employeeId(), Long.MAX_VALUE, other.deviceId(), 10));
    assertThat(mixed).isEmpty();
    boolean foreign =
        database.inTransaction(
            em -> new SnapshotStore(em).find(other.employeeId(), committed.getFirst()).isPresent());
    assertThat(foreign).isFalse();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void lets_no_second_snapshot_stand_at_one_place_of_a_series(TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Fork"));
    database.inTransaction(em -> commit(em, enrolledEmployee, new long[0]));
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    em -> {
                      BackupRepository repository =
                          new StoredObjectStore(em)
                              .repositoryOf(enrolledEmployee.setId())
                              .orElseThrow();
                      Snapshot fork =
                          new Snapshot(
                              repository,
                              stub(enrolledEmployee, 1, Hash256.ZERO),
                              new Snapshot.Figures(0, 0, 0, 0),
                              EmployeeFixture.START);
                      new SnapshotStore(em).add(fork, new long[0]);
                      return null;
                    }))
        .hasMessageContaining("insert");
  }

  @ParameterizedTest
  @MethodSource("databases")
  void keeps_runs_of_devices_apart_and_notes_the_newest(TestDatabase database) {
    EnrolledEmployee one = database.inTransaction(em -> EmployeeFixture.person(em, "Runner"));
    EnrolledEmployee two = database.inTransaction(em -> EmployeeFixture.person(em, "Walker"));
    String runId = "0123456789abcdef0123456789abcdef";
    ReportedRun running = report(RunResult.RUNNING);
    for (EnrolledEmployee enrolledEmployee : List.of(one, two)) {
      database.inTransaction(
          em ->
              new RunStore(em)
                  .add(
                      new Run(
                          runId,
                          enrolledEmployee.deviceId(),
                          enrolledEmployee.employeeId(),
                          running,
                          EmployeeFixture.START),
                      enrolledEmployee.employeeId()));
    }
    database.inTransaction(
        em -> {
          Run run = new RunStore(em).lock(one.deviceId(), runId).orElseThrow();
          run.report(report(RunResult.SUCCESS), EmployeeFixture.START.plusSeconds(60));
          return null;
        });
    database.inTransaction(
        em -> {
          RunStore runs = new RunStore(em);
          assertThat(runs.lock(one.deviceId(), runId).orElseThrow().ended()).isTrue();
          assertThat(runs.lock(two.deviceId(), runId).orElseThrow().ended()).isFalse();
          assertThat(runs.lock(one.deviceId(), "f".repeat(32))).isEmpty();
          Run second =
              runs.add(
                  new Run(
                      "a".repeat(32),
                      one.deviceId(),
                      one.employeeId(),
                      running,
                      EmployeeFixture.START),
                  one.employeeId());
          assertThat(em.find(NewestRun.class, one.deviceId()).runRow()).isEqualTo(second.row());
          assertThat(runs.newest(one.employeeId(), 10)).hasSize(2).first().isEqualTo(second);
          return null;
        });
  }

  private static ReportedRun report(RunResult result) {
    return new ReportedRun(
        RunReport.Kind.BACKUP,
        result,
        EmployeeFixture.START,
        result == RunResult.RUNNING ? null : EmployeeFixture.START.plus(Duration.ofMinutes(1)),
        "1.0",
        new RunFigures(1, 2, 3, 4, 5, 6));
  }
}
