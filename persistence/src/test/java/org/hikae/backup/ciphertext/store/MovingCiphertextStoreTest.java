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
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hikae.backup.ciphertext.store.CiphertextStore.StoredDigest;
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
      both =
          outOfFiles()
              ? new MovingCiphertextStore(inDatabase, inFiles)
              : new MovingCiphertextStore(inFiles, inDatabase);
      assertThat(both.probe()).isEmpty();
    }

    private CiphertextStore former() {
      return outOfFiles() ? inFiles : inDatabase;
    }

    private CiphertextStore present() {
      return outOfFiles() ? inDatabase : inFiles;
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
      assertThat(inTransaction(() -> both.bringOver(repository, 1))).isEqualTo(1);
      assertThat(inTransaction(() -> both.bringOver(repository, 5))).isEqualTo(1);
      assertThat(inTransaction(() -> both.bringOver(repository, 5))).isZero();
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
          inTransaction(() -> both.bringOver(repository, 10));
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
        Future<Integer> move =
            pool.submit(
                () -> {
                  moving.countDown();
                  return inTransaction(() -> both.bringOver(repository, 1));
                });
        assertThat(deletion.get()).isTrue();
        assertMoveFoundNothing(move);
      }
      assertThat(both.exists(key)).isFalse();
      assertThat(inTransaction(() -> both.bringOver(repository, 1))).isZero();
      assertThat(both.exists(key)).isFalse();
    }

    /**
     * It came too late for the listing, or its transaction was rolled back: the object went before
     * its bytes were read, or before the row was taken.
     */
    private static void assertMoveFoundNothing(Future<Integer> move) throws Exception {
      try {
        assertThat(move.get()).isZero();
      } catch (ExecutionException e) {
        assertThat(e)
            .rootCause()
            .message()
            .isIn(
                "An object was deleted while it was moved.",
                "The object was erased while it was read.");
      }
    }

    @Test
    void a_move_that_is_rolled_back_has_moved_nothing() throws Exception {
      long repository = newRepository();
      ObjectKey key = storedBefore(repository, bytes());
      assertThatThrownBy(
              () ->
                  inTransaction(
                      () -> {
                        assertThat(both.bringOver(repository, 1)).isEqualTo(1);
                        throw new IOException("refused");
                      }))
          .hasMessage("refused");
      assertThat(former().exists(key)).isTrue();
      assertThat(present().exists(key)).isFalse();
      requireRead(key);
    }
  }
}
