package org.hikae.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.RottenObject;
import org.hikae.backup.entity.ScrubPass;
import org.hikae.backup.entity.ScrubState;
import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.entity.StoredObject;
import org.hikae.backup.value.ObjectRef;
import org.hikae.backup.value.RotKind;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.ObjectList;
import org.hikae.hk1.SnapshotStub;
import org.hikae.hk1.TextCodec;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.EmployeeFixture.EnrolledEmployee;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cursor, lease, passes and findings of scrubbing, with the application's login, on both. */
class ScrubStoreTest extends OnBothDatabases {

  private static final Instant NOW = EmployeeFixture.START;

  private static long put(
      EntityManager em, EnrolledEmployee enrolledEmployee, String seed, long size) {
    Hash256 name = Hash256.sha256(seed.getBytes(StandardCharsets.UTF_8));
    StoredObjectStore objects = new StoredObjectStore(em);
    StoredObject added =
        objects.add(new StoredObject(enrolledEmployee.repositoryId(), name, size, NOW));
    objects.count(added);
    return added.id();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_pass_reads_each_object_of_its_beginning_once_and_none_that_came_later(
      TestDatabase database) {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Cursor"));
    List<Long> stored =
        database.inTransaction(
            em -> {
              List<Long> ids = new ArrayList<>();
              for (int i = 0; i < 25; i++) {
                ids.add(put(em, enrolledEmployee, "cursor" + i, i));
              }
              return ids;
            });
    database.inTransaction(
        em -> {
          ScrubStore scrubs = new ScrubStore(em);
          assertThat(scrubs.newestObjectId()).isEqualTo(stored.getLast());
          scrubs.lock().begin(scrubs.add(new ScrubPass(NOW, scrubs.newestObjectId())));
          return null;
        });
    long later = database.inTransaction(em -> put(em, enrolledEmployee, "later", 1));
    List<Long> read = new ArrayList<>();
    boolean more = true;
    while (more) {
      more = database.inTransaction(em -> readSome(new ScrubStore(em), read));
    }
    assertThat(read).doesNotHaveDuplicates().isSorted().containsAll(stored).doesNotContain(later);
    database.inTransaction(
        em -> {
          ScrubStore scrubs = new ScrubStore(em);
          assertThat(scrubs.state().passId()).isNull();
          assertThat(scrubs.state().lastObjectId()).isZero();
          ScrubPass pass = scrubs.newest().orElseThrow();
          assertThat(pass.endedAt()).isEqualTo(NOW.plusSeconds(9));
          assertThat(pass.objects()).isEqualTo(read.size());
          scrubs.add(new ScrubPass(NOW.plusSeconds(10), 0));
          assertThat(scrubs.newestEnded().orElseThrow().id()).as("goes on").isEqualTo(pass.id());
          assertThat(scrubs.stored().objects()).isGreaterThanOrEqualTo(26);
          assertThat(scrubs.stored().bytes()).isGreaterThanOrEqualTo(24 * 25 / 2 + 1);
          return null;
        });
  }

  private static boolean readSome(ScrubStore scrubs, List<Long> read) {
    ScrubState state = scrubs.lock();
    ScrubPass pass = scrubs.pass(Objects.requireNonNull(state.passId()));
    List<ObjectRef> next = scrubs.next(pass, state.lastObjectId(), 7);
    assertThat(next).hasSizeLessThanOrEqualTo(7);
    if (next.isEmpty()) {
      pass.end(NOW.plusSeconds(9));
      state.end();
      return false;
    }
    next.forEach(object -> read.add(object.id()));
    pass.count(next.size(), 0, 0);
    state.advance(next.getLast().id());
    assertThatIllegalArgumentException().isThrownBy(() -> state.advance(next.getFirst().id()));
    return true;
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_lease_is_one_holder_s_until_it_runs_out(TestDatabase database) {
    database.inTransaction(
        em -> {
          ScrubState state = new ScrubStore(em).lock();
          assertThat(state.isHeld(NOW)).isFalse();
          state.lease("one", NOW.plusSeconds(60));
          return null;
        });
    database.inTransaction(
        em -> {
          ScrubState state = new ScrubStore(em).lock();
          assertThat(state.isHeldBy("one", NOW.plusSeconds(59))).isTrue();
          assertThat(state.isHeldBy("two", NOW.plusSeconds(59))).isFalse();
          assertThat(state.isHeld(NOW.plusSeconds(59))).isTrue();
          assertThat(state.isHeld(NOW.plusSeconds(60))).isFalse();
          assertThat(state.isHeldBy("one", NOW.plusSeconds(60))).isFalse();
          state.release();
          return null;
        });
    boolean held = database.inTransaction(em -> new ScrubStore(em).state().isHeld(NOW));
    assertThat(held).isFalse();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_finding_is_open_until_it_is_healed_and_goes_with_its_object(TestDatabase database)
      throws SQLException {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Rot"));
    EnrolledEmployee other = database.inTransaction(em -> EmployeeFixture.person(em, "Sound"));
    long one = database.inTransaction(em -> put(em, enrolledEmployee, "rot1", 10));
    long two = database.inTransaction(em -> put(em, enrolledEmployee, "rot2", 20));
    long theirs = database.inTransaction(em -> put(em, other, "rot1", 10));
    database.inTransaction(
        em -> {
          RottenObjectStore rotten = new RottenObjectStore(em);
          assertThat(rotten.isStored(one)).isTrue();
          assertThat(rotten.lock(one)).isEmpty();
          rotten.add(new RottenObject(one, enrolledEmployee.repositoryId(), RotKind.MISSING, NOW));
          rotten.add(new RottenObject(two, enrolledEmployee.repositoryId(), RotKind.SIZE, NOW));
          return null;
        });
    database.inTransaction(
        em -> {
          RottenObjectStore rotten = new RottenObjectStore(em);
          assertThat(rotten.openIn(enrolledEmployee.repositoryId()))
              .containsExactlyInAnyOrder(one, two);
          assertThat(rotten.openIn(other.repositoryId())).isEmpty();
          assertThat(rotten.countOpen(enrolledEmployee.employeeId())).isEqualTo(2);
          assertThat(rotten.countOpen(other.employeeId())).isZero();
          long at = enrolledEmployee.repositoryId();
          assertThat(rotten.foundBefore(at, two, NOW)).isTrue();
          assertThat(rotten.foundBefore(at, one, NOW)).as("none below the first").isFalse();
          assertThat(rotten.foundBefore(at, two, NOW.plusSeconds(1))).as("earlier").isFalse();
          assertThat(rotten.employeeOf(enrolledEmployee.repositoryId()))
              .isEqualTo(enrolledEmployee.employeeId());
          assertThat(rotten.isStored(theirs + 1000)).isFalse();
          rotten.lock(one).orElseThrow().heal(NOW.plusSeconds(5));
          return null;
        });
    database.inTransaction(
        em -> {
          RottenObjectStore rotten = new RottenObjectStore(em);
          RottenObject healed = rotten.lock(one).orElseThrow();
          assertThat(healed.isOpen()).isFalse();
          assertThat(healed.healedSince(NOW.plusSeconds(5))).isTrue();
          assertThat(healed.healedSince(NOW.plusSeconds(6))).isFalse();
          assertThat(rotten.openIn(enrolledEmployee.repositoryId())).containsExactly(two);
          assertThat(rotten.countOpen(enrolledEmployee.employeeId())).isEqualTo(1);
          RotFinding figure = rotten.page(one, false, 10).getFirst();
          assertThat(figure.objectId()).isEqualTo(two);
          assertThat(figure.kind()).isEqualTo(RotKind.SIZE);
          assertThat(figure.sizeBytes()).isEqualTo(20);
          assertThat(figure.setId()).isEqualTo(enrolledEmployee.setId());
          assertThat(figure.employeeId()).isEqualTo(enrolledEmployee.employeeId());
          assertThat(rotten.page(one - 1, true, 1)).extracting(RotFinding::objectId).contains(one);
          healed.reopen(RotKind.MISMATCH, NOW.plusSeconds(7));
          return null;
        });
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("delete from stored_object where object_id = " + one);
    }
    database.inTransaction(
        em -> {
          RottenObjectStore rotten = new RottenObjectStore(em);
          assertThat(rotten.lock(one)).isEmpty();
          assertThat(rotten.openIn(enrolledEmployee.repositoryId())).containsExactly(two);
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void lists_of_a_repository_come_newest_first(TestDatabase database) throws MalformedException {
    EnrolledEmployee enrolledEmployee =
        database.inTransaction(em -> EmployeeFixture.person(em, "Lister"));
    long[] ids =
        database.inTransaction(
            em ->
                new long[] {
                  put(em, enrolledEmployee, "list1", 1), put(em, enrolledEmployee, "list2", 1)
                });
    commit(database, enrolledEmployee, 1, ids);
    commit(database, enrolledEmployee, 2, new long[] {ids[1]});
    List<Long> sequences = new ArrayList<>();
    Map<Long, long[]> lists = new HashMap<>();
    database.inTransaction(
        em -> {
          new RottenObjectStore(em)
              .eachList(
                  enrolledEmployee.repositoryId(),
                  (snapshot, list) -> {
                    sequences.add(snapshot.sequence());
                    lists.put(snapshot.sequence(), list);
                  });
          return null;
        });
    assertThat(sequences).containsExactly(2L, 1L);
    assertThat(lists.get(1L)).isEqualTo(ids);
    assertThat(lists.get(2L)).containsExactly(ids[1]);
  }

  private static void commit(
      TestDatabase database, EnrolledEmployee enrolledEmployee, long sequence, long[] ids)
      throws MalformedException {
    SnapshotStub stub =
        new SnapshotStub(
            TextCodec.parseId("set", enrolledEmployee.setId()),
            TextCodec.parseId("device", enrolledEmployee.deviceId()),
            1,
            sequence,
            sequence == 1 ? Hash256.ZERO : Hash256.sha256(new byte[] {0}),
            Hash256.sha256(new byte[] {(byte) sequence}),
            ObjectList.hash(List.of()));
    database.inTransaction(
        em -> {
          BackupRepository repository =
              new StoredObjectStore(em).repositoryOf(enrolledEmployee.setId()).orElseThrow();
          Snapshot.Figures figures = new Snapshot.Figures(ids.length, 2, 1, 1);
          new SnapshotStore(em).add(new Snapshot(repository, stub, figures, NOW), ids);
          return null;
        });
  }
}
