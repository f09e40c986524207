package org.hikae.backup.ciphertext.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hikae.backup.ciphertext.store.CiphertextStore.StoredDigest;
import org.hikae.backup.move.store.MovingCiphertextStore;
import org.hikae.backup.move.store.NamedStore;
import org.hikae.backup.move.store.ObjectMove;
import org.hikae.backup.move.store.ObjectMove.MoveStatus;
import org.hikae.backup.move.store.StoreMoveException;
import org.hikae.hk1.Hash256;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Objects move from the database into files, and back, while they are used; both stores together
 * keep the contract.
 */
@EveryThirdRun
class MovingCiphertextStoreTest {

  @FullRunOnly
  @Nested
  class From_h2_into_files extends WhileMoving {
    @Override
    TestDatabase start(Path folder) throws IOException, SQLException {
      return TestDatabase.h2(folder);
    }

    @Override
    boolean outOfFiles() {
      return false;
    }
  }

  @Nested
  class From_postgresql_into_files extends WhileMoving {
    @Override
    TestDatabase start(Path folder) throws SQLException {
      return TestDatabase.postgres();
    }

    @Override
    boolean outOfFiles() {
      return false;
    }
  }

  @FullRunOnly
  @Nested
  class From_files_into_postgresql extends WhileMoving {
    @Override
    TestDatabase start(Path folder) throws SQLException {
      return TestDatabase.postgres();
    }

    @Override
    boolean outOfFiles() {
      return true;
    }
  }

  abstract static class WhileMoving extends CiphertextStoreTestBase {

    private static final int BYTES = 3000;

    private Path folder;
    private DatabaseCiphertextStore inDatabase;
    private FileCiphertextStore inFiles;
    private MovingCiphertextStore both;
    private NamedStore inRows;
    private NamedStore inFolder;
    private String target = "";

    /** Whether objects move out of files. */
    abstract boolean outOfFiles();

    @Override
    void openStore(Path directory) throws IOException {
      inDatabase = new DatabaseCiphertextStore(transactions);
      folder = Files.createDirectory(directory.resolve("store"));
      inFiles =
          new FileCiphertextStore(
              transactions,
              folder,
              transactions,
              Clock.fixed(Instant.parse("2026-11-30T12:00:00Z"), ZoneOffset.UTC),
              new Random(20261130));
      inRows = NamedStore.of("DATABASE", inDatabase);
      inFolder = NamedStore.of("FILES", inFiles);
      both = new MovingCiphertextStore(List.of(inRows, inFolder), () -> target);
      target = to().name();
      assertThat(both.probe()).isEmpty();
    }

    private CiphertextStore former() {
      return outOfFiles() ? inFiles : inDatabase;
    }

    private CiphertextStore present() {
      return outOfFiles() ? inDatabase : inFiles;
    }

    private NamedStore from() {
      return outOfFiles() ? inFolder : inRows;
    }

    private NamedStore to() {
      return outOfFiles() ? inRows : inFolder;
    }

    private MoveStatus moved(ObjectKey key) throws StoreMoveException {
      return new ObjectMove(this::inTransaction).move(from(), to(), key).status();
    }

    @Override
    CiphertextStore store() {
      return both;
    }

    @Override
    void harm(ObjectKey key, DiskDamage harm) throws Exception {
      if (outOfFiles()) {
        DatabaseCiphertextStoreTest.damage(
            database, key, DatabaseCiphertextStoreTest.onPages(harm));
        return;
      }
      // What was put lies in the first slot, what was replaced in the second.
      Path second = folder.resolve(FileLayout.file(key, 1));
      FileStoreBase.damage(
          Files.exists(second) ? second : folder.resolve(FileLayout.file(key, 0)), harm);
    }

    private byte[] bytes() {
      return bytes(BYTES);
    }

    /** As it was stored before the switch. */
    private ObjectKey storedBefore(long repository, byte[] bytes) throws Exception {
      ObjectKey key = key(repository, bytes);
      assertThat(inTransaction(() -> former().put(key, bytes))).isTrue();
      return key;
    }

    private void requireRead(ObjectKey key) throws IOException {
      assertThat(both.size(key)).hasValue(BYTES);
      assertThat(both.digest(key)).contains(new StoredDigest(BYTES, key.name()));
      try (var in = both.open(key, 0, BYTES).orElseThrow()) {
        assertThat(Hash256.sha256(in.readAllBytes())).isEqualTo(key.name());
      }
    }

    @Test
    void each_object_is_in_one_store_and_can_be_read_before_and_after() throws Exception {
      long repository = newRepository();
      byte[] bytes = bytes();
      ObjectKey old = storedBefore(repository, bytes);
      ObjectKey older = storedBefore(repository, bytes());
      ObjectKey elsewhere = storedBefore(newRepository(), bytes());
      requireRead(old);
      assertThat(inTransaction(() -> both.put(old, bytes))).as("it is there").isFalse();
      byte[] other = bytes();
      ObjectKey fresh = key(repository, other);
      assertThat(inTransaction(() -> both.put(fresh, other))).isTrue();
      assertThat(present().exists(fresh)).isTrue();
      assertThat(moved(old)).isEqualTo(MoveStatus.MOVED);
      assertThat(moved(older)).isEqualTo(MoveStatus.MOVED);
      assertThat(moved(older)).isEqualTo(MoveStatus.GONE);
      for (ObjectKey each : new ObjectKey[] {old, older, fresh}) {
        assertThat(former().exists(each)).isFalse();
        assertThat(present().exists(each)).isTrue();
        requireRead(each);
      }
      assertThat(former().exists(elsewhere)).isTrue();
      requireRead(elsewhere);
    }

    @Test
    void deleting_erasing_and_replacing_find_an_object_wherever_it_lies() throws Exception {
      long repository = newRepository();
      for (boolean moved : new boolean[] {false, true}) {
        byte[] bytes = bytes();
        ObjectKey deleted = storedBefore(repository, bytes());
        ObjectKey erased = storedBefore(repository, bytes());
        ObjectKey replaced = storedBefore(repository, bytes);
        if (moved) {
          for (ObjectKey each : List.of(deleted, erased, replaced)) {
            assertThat(moved(each)).isEqualTo(MoveStatus.MOVED);
          }
        }
        assertThat(inTransaction(() -> both.delete(deleted))).isTrue();
        assertThat(inTransaction(() -> both.erase(erased))).isTrue();
        inTransaction(
            () -> {
              both.replace(replaced, bytes);
              return true;
            });
        assertThat(both.exists(deleted)).isFalse();
        assertThat(both.exists(erased)).isFalse();
        requireRead(replaced);
        assertThat(present().exists(replaced)).isTrue();
        assertThat(former().exists(replaced)).isFalse();
      }
    }

    @Test
    void an_object_that_lies_in_both_is_deleted_from_both_whatever_is_believed() throws Exception {
      for (NamedStore believed : List.of(from(), to())) {
        byte[] bytes = bytes();
        ObjectKey key = storedBefore(newRepository(), bytes);
        assertThat(inTransaction(() -> present().put(key, bytes))).isTrue();
        requireRead(key);
        target = believed.name();
        try {
          assertThat(inTransaction(() -> both.put(key, bytes))).isFalse();
          assertThat(inTransaction(() -> both.delete(key))).isTrue();
          assertThat(inTransaction(() -> both.delete(key))).isFalse();
        } finally {
          target = to().name();
        }
        assertThat(former().exists(key)).isFalse();
        assertThat(present().exists(key)).isFalse();
      }
    }

    @Test
    void rows_of_both_stores_are_those_of_one() throws Exception {
      long before = both.count();
      long repository = newRepository();
      byte[] bytes = bytes();
      ObjectKey old = storedBefore(repository, bytes);
      ObjectKey fresh = stored(repository, bytes());
      assertThat(both.count()).isEqualTo(before + 2);
      List<ObjectKey> ordered =
          old.name().compareTo(fresh.name()) < 0 ? List.of(old, fresh) : List.of(fresh, old);
      ObjectKey lowest = new ObjectKey(repository, Hash256.ZERO);
      assertThat(both.after(lowest, 1)).isEqualTo(ordered.subList(0, 1));
      assertThat(inTransaction(() -> present().put(old, bytes))).as("it is in both").isTrue();
      assertThat(both.after(lowest, 10)).startsWith(ordered.toArray(ObjectKey[]::new));
      assertThat(both.after(lowest, 10)).doesNotHaveDuplicates();
      for (ObjectKey each : ordered) {
        assertThat(both.holds(each)).isTrue();
        assertThat(inTransaction(() -> both.lock(each))).isTrue();
      }
      assertThat(both.holds(lowest)).isFalse();
      assertThat(inTransaction(() -> both.lock(lowest))).isFalse();
    }

    @Test
    void what_is_written_follows_an_order_at_once() throws Exception {
      byte[] bytes = bytes();
      ObjectKey key = key(newRepository(), bytes);
      target = from().name();
      try {
        assertThat(inTransaction(() -> both.put(key, bytes))).isTrue();
      } finally {
        target = to().name();
      }
      assertThat(former().exists(key)).isTrue();
      assertThat(present().exists(key)).isFalse();
    }

    @Test
    void a_portal_without_the_store_that_was_ordered_takes_nothing_and_calls_nothing_lost()
        throws Exception {
      byte[] bytes = bytes();
      ObjectKey there = storedBefore(newRepository(), bytes);
      ObjectKey absent = key(newRepository(), bytes());
      MovingCiphertextStore lacking = new MovingCiphertextStore(List.of(from()), () -> to().name());
      assertThat(lacking.exists(there)).isTrue();
      List<Callable<?>> calls =
          List.of(
              () -> lacking.exists(absent),
              () -> lacking.open(absent, 0, 1),
              () -> lacking.digest(absent),
              () -> lacking.put(absent, bytes));
      for (Callable<?> call : calls) {
        assertThatThrownBy(() -> inTransaction(call))
            .isInstanceOfSatisfying(
                CiphertextStoreException.class,
                e -> assertThat(e.fault()).contains(VolumeFault.NOT_THERE));
      }
      assertThat(lacking.probe()).contains(VolumeFault.NOT_THERE);
    }

    @Test
    void a_deletion_and_a_move_at_once_leave_nothing_behind() throws Exception {
      long repository = newRepository();
      ObjectKey key = storedBefore(repository, bytes());
      CountDownLatch deleted = new CountDownLatch(1);
      CountDownLatch moving = new CountDownLatch(1);
      try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
        Future<Boolean> deletion =
            pool.submit(
                () ->
                    inTransaction(
                        () -> {
                          boolean there = both.delete(key);
                          deleted.countDown();
                          assertThat(moving.await(2, TimeUnit.MINUTES)).isTrue();
                          return there;
                        }));
        assertThat(deleted.await(2, TimeUnit.MINUTES)).isTrue();
        Future<MoveStatus> move =
            pool.submit(
                () -> {
                  moving.countDown();
                  return moved(key);
                });
        assertThat(deletion.get()).isTrue();
        assertThat(move.get()).isEqualTo(MoveStatus.GONE);
      }
      assertThat(both.exists(key)).isFalse();
      assertThat(to().listing().holds(key)).isFalse();
    }
  }
}
