package org.hikae.backup.ciphertext.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hikae.backup.ciphertext.store.CiphertextStore.StoredDigest;
import org.hikae.backup.entity.StoredObject;
import org.hikae.backup.move.store.MovingCiphertextStore;
import org.hikae.backup.move.store.NamedStore;
import org.hikae.backup.move.store.ObjectMove;
import org.hikae.backup.move.store.StoreMoveException;
import org.hikae.backup.second.store.CopyQueue;
import org.hikae.backup.second.store.ObjectCopy;
import org.hikae.backup.second.store.ObjectCopy.CopyResult;
import org.hikae.backup.second.store.ObjectCopy.CopyStatus;
import org.hikae.backup.value.RotKind;
import org.hikae.hk1.Hash256;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The second store comes to agree with the first about an object, whatever fails, is killed or is
 * done at the same time.
 */
class ObjectCopyTest {

  @Nested
  class On_h2 extends IntoASecondStore {
    @Override
    TestDatabase start(Path directory) throws IOException, SQLException {
      return TestDatabase.h2(directory);
    }
  }

  @Nested
  class On_postgresql extends IntoASecondStore {
    @Override
    TestDatabase start(Path directory) throws SQLException {
      return TestDatabase.postgres();
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class IntoASecondStore {

    private static final int BYTES = 3000;

    private final Random random = new Random(20261204);

    private TestDatabase database;
    private ThreadBoundTransactions transactions;
    private Path folder;
    private Path secondFolder;
    private NamedStore first;
    private NamedStore second;
    private CopyQueue queue;

    abstract TestDatabase start(Path directory) throws IOException, SQLException;

    @BeforeAll
    void open(@TempDir Path directory) throws IOException, SQLException {
      database = start(directory);
      transactions = new ThreadBoundTransactions(database.application());
      queue = new CopyQueue(transactions);
      folder = Files.createDirectory(directory.resolve("first"));
      FileCiphertextStore files =
          new FileCiphertextStore(
              transactions, folder, transactions, Clock.systemUTC(), new Random(20261205));
      NamedStore inFiles = NamedStore.of("FILES", files);
      NamedStore inRows = NamedStore.of("DATABASE", new DatabaseCiphertextStore(transactions));
      first =
          NamedStore.of(
              "STORE", new MovingCiphertextStore(List.of(inRows, inFiles), () -> "FILES"));
      secondFolder = Files.createDirectory(directory.resolve("second"));
      second =
          NamedStore.of(
              "SECOND",
              FileCiphertextStore.ofCopies(
                  transactions,
                  secondFolder,
                  transactions,
                  Clock.systemUTC(),
                  new Random(20261206)));
      assertThat(first.store().probe()).isEmpty();
      assertThat(second.store().probe()).isEmpty();
    }

    @AfterAll
    void stop() throws IOException {
      database.shutDown();
    }

    private ObjectCopy copying() {
      return copying(first, second, transactions::run);
    }

    private ObjectCopy copying(
        NamedStore from, NamedStore to, ObjectMove.TransactionRunner runner) {
      return new ObjectCopy(from, to, key -> queue.recordedSize(key).isPresent(), runner);
    }

    private byte[] bytes() {
      byte[] bytes = new byte[BYTES];
      random.nextBytes(bytes);
      return bytes;
    }

    private ObjectKey key(byte[] bytes) {
      long repository =
          database.inTransaction(em -> EmployeeFixture.person(em, "Copier").repositoryId());
      return new ObjectKey(repository, Hash256.sha256(bytes));
    }

    private ObjectKey stored() throws Exception {
      byte[] bytes = bytes();
      ObjectKey key = key(bytes);
      put(key, bytes);
      return key;
    }

    private void put(ObjectKey key, byte[] bytes) throws Exception {
      assertThat(transactions.run(() -> first.store().put(key, bytes))).isTrue();
    }

    private boolean delete(ObjectKey key) throws Exception {
      return transactions.run(() -> first.store().delete(key));
    }

    private void requireCopied(ObjectKey key) {
      assertThat(first.store().digest(key)).contains(new StoredDigest(BYTES, key.name()));
      assertThat(second.store().digest(key)).contains(new StoredDigest(BYTES, key.name()));
    }

    private void requireGone(ObjectKey key) {
      assertThat(first.listing().holds(key)).isFalse();
      assertThat(second.listing().holds(key)).isFalse();
    }

    private Path copyOf(ObjectKey key, int slot) {
      return secondFolder.resolve(FileLayout.file(key, slot));
    }

    @Test
    void what_came_is_copied_once_and_what_went_is_removed() throws Exception {
      ObjectKey key = stored();
      assertThat(copying().settle(key, false))
          .isEqualTo(new CopyResult(CopyStatus.COPIED, BYTES, null));
      requireCopied(key);
      assertThat(copying().settle(key, true).status()).isEqualTo(CopyStatus.COPIED);
      assertThat(copyOf(key, 1)).as("nothing was written again").doesNotExist();
      assertThat(delete(key)).isTrue();
      assertThat(copying().settle(key, false).status()).isEqualTo(CopyStatus.REMOVED);
      requireGone(key);
      assertThat(copyOf(key, 0)).as("it stays for the grace").exists();
      assertThat(copying().settle(key, false).status()).isEqualTo(CopyStatus.REMOVED);
    }

    @Test
    void what_is_erased_goes_at_once() throws Exception {
      ObjectKey key = stored();
      assertThat(copying().settle(key, false).status()).isEqualTo(CopyStatus.COPIED);
      assertThat(transactions.run(() -> first.store().erase(key))).isTrue();
      assertThat(copying().settle(key, true).status()).isEqualTo(CopyStatus.REMOVED);
      assertThat(copyOf(key, 0)).doesNotExist();
      requireGone(key);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatever_fails_or_is_killed_the_next_time_ends_it(boolean kills) throws Exception {
      int at = 0;
      boolean failed = true;
      while (failed) {
        at++;
        ObjectKey key = stored();
        failed = fails(key, at, kills);
        assertThat(first.store().digest(key))
            .as("step %s", at)
            .contains(new StoredDigest(BYTES, key.name()));
        assertThat(copying().settle(key, false).status()).isEqualTo(CopyStatus.COPIED);
        requireCopied(key);
      }
      assertThat(at).as("steps of a copy").isGreaterThan(15);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatever_fails_or_is_killed_a_copy_is_removed_the_next_time(boolean kills)
        throws Exception {
      int at = 0;
      boolean failed = true;
      while (failed) {
        at++;
        ObjectKey key = stored();
        assertThat(copying().settle(key, false).status()).isEqualTo(CopyStatus.COPIED);
        assertThat(delete(key)).isTrue();
        failed = fails(key, at, kills);
        assertThat(copying().settle(key, false).status()).isEqualTo(CopyStatus.REMOVED);
        requireGone(key);
      }
      assertThat(at).as("steps of a removal").isGreaterThan(6);
    }

    /** Whether a step was there that could fail. */
    private boolean fails(ObjectKey key, int at, boolean kills) {
      FailingStep step = new FailingStep(at, kills);
      try {
        CopyResult _ =
            copying(step.around(first), step.around(second), step.around(transactions))
                .settle(key, false);
      } catch (StoreMoveException | FailingStep.Killed e) {
        assertThat(step.hasFailed()).as("%s", e).isTrue();
      }
      return step.hasFailed();
    }

    @Test
    void a_copy_that_is_lost_or_rotten_is_written_anew() throws Exception {
      for (CiphertextStoreContract.DiskDamage harm : CiphertextStoreContract.DiskDamage.values()) {
        ObjectKey key = stored();
        assertThat(copying().settle(key, false).status()).isEqualTo(CopyStatus.COPIED);
        FileStoreBase.damage(copyOf(key, 0), harm);
        assertThat(copying().settle(key, false).status())
            .as("%s", harm)
            .isEqualTo(CopyStatus.COPIED);
        requireCopied(key);
      }
    }

    @Test
    void nothing_is_copied_that_is_rotten() throws Exception {
      ObjectKey key = stored();
      FileStoreBase.damage(
          folder.resolve(FileLayout.file(key, 0)), CiphertextStoreContract.DiskDamage.FLIPPED);
      assertThat(copying().settle(key, false))
          .isEqualTo(new CopyResult(CopyStatus.ROTTEN, 0, RotKind.MISMATCH));
      assertThat(second.listing().holds(key)).isFalse();
    }

    @Test
    void a_copy_stays_that_is_the_last_of_a_recorded_object() throws Exception {
      ObjectKey key = stored();
      ObjectKey _ =
          database.inTransaction(
              em -> {
                em.persist(new StoredObject(key.repositoryId(), key.name(), BYTES, Instant.EPOCH));
                return key;
              });
      assertThat(copying().settle(key, false).status()).isEqualTo(CopyStatus.COPIED);
      assertThat(delete(key)).as("a row that was lost").isTrue();
      assertThat(copying().settle(key, true))
          .isEqualTo(new CopyResult(CopyStatus.ROTTEN, 0, RotKind.MISSING));
      assertThat(second.store().digest(key)).contains(new StoredDigest(BYTES, key.name()));
    }

    @Test
    void a_store_that_gives_other_bytes_than_it_took_is_not_believed() throws Exception {
      ObjectKey key = stored();
      NamedStore forgetful =
          FailingStep.intercepted(
              second,
              (method, call) ->
                  method.equals("digest")
                      ? Optional.of(new StoredDigest(BYTES, Hash256.ZERO))
                      : call.call());
      assertThatThrownBy(() -> copying(first, forgetful, transactions::run).settle(key, false))
          .isInstanceOfSatisfying(
              StoreMoveException.class,
              e -> {
                assertThat(e.store()).isEqualTo("SECOND");
                assertThat(e.fault()).isEqualTo("MISMATCH");
              });
      assertThat(second.listing().holds(key)).isFalse();
    }

    @Test
    void an_object_that_is_deleted_while_it_is_copied_leaves_no_copy() throws Exception {
      ObjectKey key = stored();
      CountDownLatch copied = new CountDownLatch(1);
      NamedStore target =
          FailingStep.intercepted(
              second,
              (method, call) -> {
                Object result = call.call();
                if (method.equals("put")) {
                  copied.countDown();
                }
                return result;
              });
      try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
        Future<CopyStatus> removal =
            pool.submit(
                () -> {
                  assertThat(copied.await(2, TimeUnit.MINUTES)).isTrue();
                  assertThat(delete(key)).isTrue();
                  return copying().settle(key, false).status();
                });
        CopyResult _ = copying(first, target, transactions::run).settle(key, false);
        assertThat(removal.get()).isEqualTo(CopyStatus.REMOVED);
      }
      requireGone(key);
    }

    @Test
    void an_object_that_comes_again_while_its_copy_is_removed_has_a_copy() throws Exception {
      byte[] bytes = bytes();
      ObjectKey key = key(bytes);
      put(key, bytes);
      assertThat(copying().settle(key, false).status()).isEqualTo(CopyStatus.COPIED);
      assertThat(delete(key)).isTrue();
      CountDownLatch locked = new CountDownLatch(1);
      CountDownLatch again = new CountDownLatch(1);
      NamedStore slow =
          FailingStep.intercepted(
              second,
              (method, call) -> {
                Object result = call.call();
                if (method.equals("delete")) {
                  locked.countDown();
                  assertThat(again.await(2, TimeUnit.MINUTES)).isTrue();
                }
                return result;
              });
      try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
        Future<CopyStatus> removal =
            pool.submit(() -> copying(first, slow, transactions::run).settle(key, false).status());
        assertThat(locked.await(2, TimeUnit.MINUTES)).isTrue();
        // Its copy is gone in a transaction that has not ended: who copies it now waits for that.
        put(key, bytes);
        again.countDown();
        assertThat(copying().settle(key, false).status()).isEqualTo(CopyStatus.COPIED);
        assertThat(removal.get()).isEqualTo(CopyStatus.REMOVED);
      }
      requireCopied(key);
    }
  }
}
