package org.hikae.backup.ciphertext.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hikae.backup.ciphertext.store.CiphertextStore.StoredDigest;
import org.hikae.backup.move.store.MovingCiphertextStore;
import org.hikae.backup.move.store.NamedStore;
import org.hikae.backup.move.store.ObjectMove;
import org.hikae.backup.move.store.ObjectMove.MoveResult;
import org.hikae.backup.move.store.ObjectMove.MoveStatus;
import org.hikae.backup.move.store.StoreMoveException;
import org.hikae.backup.value.RotKind;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
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
 * An object moves from the database into files, and back: whatever fails or is killed on the way,
 * it can be read all the time, and the next move brings it to its end.
 */
class ObjectMoveTest {

  @Nested
  class Into_files extends BetweenStores {
    @Override
    boolean outOfFiles() {
      return false;
    }
  }

  @Nested
  class Into_the_database extends BetweenStores {
    @Override
    boolean outOfFiles() {
      return true;
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class BetweenStores {

    private static final int BYTES = 3000;

    private final Random random = new Random(20261202);

    private TestDatabase database;
    private ThreadBoundTransactions transactions;
    private Path folder;
    private NamedStore inRows;
    private NamedStore inFiles;
    private MovingCiphertextStore both;

    abstract boolean outOfFiles();

    @BeforeAll
    void open(@TempDir Path directory) throws IOException, SQLException {
      database = TestDatabase.h2(directory);
      transactions = new ThreadBoundTransactions(database.application());
      folder = Files.createDirectory(directory.resolve("store"));
      FileCiphertextStore files =
          new FileCiphertextStore(
              transactions, folder, transactions, Clock.systemUTC(), new Random(20261203));
      assertThat(files.probe()).isEmpty();
      inFiles = NamedStore.of("FILES", files);
      inRows = NamedStore.of("DATABASE", new DatabaseCiphertextStore(transactions));
      both = new MovingCiphertextStore(List.of(inRows, inFiles), () -> to().name());
    }

    @AfterAll
    void stop() throws IOException {
      database.shutDown();
    }

    private NamedStore from() {
      return outOfFiles() ? inFiles : inRows;
    }

    private NamedStore to() {
      return outOfFiles() ? inRows : inFiles;
    }

    private ObjectMove move() {
      return new ObjectMove(transactions::run);
    }

    private ObjectKey stored(int length) throws Exception {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      long repository =
          database.inTransaction(em -> EmployeeFixture.person(em, "Mover").repositoryId());
      ObjectKey key = new ObjectKey(repository, Hash256.sha256(bytes));
      assertThat(transactions.run(() -> from().store().put(key, bytes))).isTrue();
      return key;
    }

    private void requireMoved(ObjectKey key, int length) {
      assertThat(from().listing().holds(key)).isFalse();
      assertThat(to().store().digest(key)).contains(new StoredDigest(length, key.name()));
    }

    @Test
    void an_object_moves_once() throws Exception {
      ObjectKey key = stored(BYTES);
      assertThat(move().move(from(), to(), key))
          .isEqualTo(new MoveResult(MoveStatus.MOVED, BYTES, null));
      requireMoved(key, BYTES);
      assertThat(move().move(from(), to(), key).status()).isEqualTo(MoveStatus.GONE);
      requireMoved(key, BYTES);
      assertThat(move().move(to(), from(), key).status())
          .as("and back")
          .isEqualTo(MoveStatus.MOVED);
      assertThat(from().store().digest(key)).contains(new StoredDigest(BYTES, key.name()));
      assertThat(to().listing().holds(key)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatever_fails_or_is_killed_the_object_can_be_read_and_the_next_move_ends_it(boolean kills)
        throws Exception {
      int at = 0;
      boolean failed = true;
      while (failed) {
        at++;
        ObjectKey key = stored(BYTES);
        FailingStep step = new FailingStep(at, kills);
        try {
          new ObjectMove(step.around(transactions))
              .move(step.around(from()), step.around(to()), key);
        } catch (StoreMoveException | FailingStep.Killed e) {
          assertThat(step.hasFailed()).as("%s", e).isTrue();
        }
        assertThat(both.digest(key))
            .as("step %s", at)
            .contains(new StoredDigest(BYTES, key.name()));
        assertThat(move().move(from(), to(), key).status()).isNotEqualTo(MoveStatus.LEFT);
        requireMoved(key, BYTES);
        failed = step.hasFailed();
      }
      assertThat(at).as("steps of a move").isGreaterThan(20);
    }

    @Test
    void a_rotten_object_is_left_where_it_is() throws Exception {
      ObjectKey key = stored(BYTES);
      damage(key);
      assertThat(move().move(from(), to(), key))
          .isEqualTo(new MoveResult(MoveStatus.LEFT, 0, RotKind.MISMATCH));
      assertThat(from().listing().holds(key)).isTrue();
      assertThat(to().listing().holds(key)).isFalse();
    }

    private void damage(ObjectKey key) throws Exception {
      if (outOfFiles()) {
        FileStoreBase.damage(
            folder.resolve(FileLayout.file(key, 0)), CiphertextStoreContract.DiskDamage.FLIPPED);
        return;
      }
      try (Connection owner = database.owner().getConnection();
          PreparedStatement update =
              owner.prepareStatement(
                  "update ciphertext set bytes = x'0102' where repository_id = ? and name = ?")) {
        update.setLong(1, key.repositoryId());
        update.setBytes(2, key.name().toBytes());
        assertThat(update.executeUpdate()).isOne();
      }
    }

    @Test
    void what_is_too_large_for_memory_moves_as_a_stream() throws Exception {
      int length = Hk1Constants.MAX_OBJECT_BYTES + 1;
      ObjectKey key = stored(length);
      assertThat(move().move(from(), to(), key).bytes()).isEqualTo(length);
      requireMoved(key, length);
    }

    @Test
    void a_store_that_gives_other_bytes_than_it_took_is_not_believed() throws Exception {
      ObjectKey key = stored(BYTES);
      NamedStore forgetful =
          FailingStep.intercepted(
              to(),
              (method, call) ->
                  method.equals("digest")
                      ? Optional.of(new StoredDigest(BYTES, Hash256.ZERO))
                      : call.call());
      assertThatThrownBy(() -> move().move(from(), forgetful, key))
          .isInstanceOfSatisfying(
              StoreMoveException.class,
              e -> {
                assertThat(e.store()).isEqualTo(to().name());
                assertThat(e.fault()).isEqualTo("MISMATCH");
              });
      assertThat(from().store().digest(key)).contains(new StoredDigest(BYTES, key.name()));
      assertThat(to().listing().holds(key)).isFalse();
    }

    @Test
    void a_failure_is_told_as_that_of_the_store_that_failed() throws Exception {
      ObjectKey key = stored(BYTES);
      VolumeException full = new VolumeException(VolumeFault.FULL, "planted", null);
      VolumeException away = new VolumeException(VolumeFault.UNREACHABLE, "planted", null);
      requireFailure(from(), failing(to(), "put", full), key, to().name(), "FULL");
      requireFailure(failing(from(), "open", away), to(), key, from().name(), "UNREACHABLE");
      SQLException lost = new SQLException("planted");
      requireFailure(from(), failing(to(), "put", lost), key, "", "DATABASE");
      assertThat(move().move(from(), to(), key).status()).isEqualTo(MoveStatus.MOVED);
    }

    private static NamedStore failing(NamedStore store, String failing, Exception cause) {
      return FailingStep.intercepted(
          store,
          (method, call) -> {
            if (method.equals(failing)) {
              throw new CiphertextStoreException("planted", cause);
            }
            return call.call();
          });
    }

    private void requireFailure(
        NamedStore source, NamedStore target, ObjectKey key, String store, String fault) {
      assertThatThrownBy(() -> move().move(source, target, key))
          .isInstanceOfSatisfying(
              StoreMoveException.class,
              e -> {
                assertThat(e.store()).isEqualTo(store);
                assertThat(e.fault()).isEqualTo(fault);
              });
      assertThat(from().store().digest(key)).contains(new StoredDigest(BYTES, key.name()));
    }

    @Test
    void an_object_that_is_deleted_while_it_is_copied_is_gone_from_both() throws Exception {
      ObjectKey key = stored(BYTES);
      CountDownLatch copied = new CountDownLatch(1);
      NamedStore target =
          FailingStep.intercepted(
              to(),
              (method, call) -> {
                Object result = call.call();
                if (method.equals("put")) {
                  copied.countDown();
                }
                return result;
              });
      try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
        Future<Boolean> deletion =
            pool.submit(
                () -> {
                  assertThat(copied.await(2, TimeUnit.MINUTES)).isTrue();
                  return transactions.run(() -> both.delete(key));
                });
        assertThat(move().move(from(), target, key).status()).isNotEqualTo(MoveStatus.LEFT);
        assertThat(deletion.get()).isTrue();
      }
      assertThat(from().listing().holds(key)).isFalse();
      assertThat(to().listing().holds(key)).isFalse();
    }

    @Test
    void rows_are_listed_in_order_from_any_object_on() throws Exception {
      ObjectKey first = stored(BYTES);
      ObjectKey second = stored(BYTES);
      byte[] bytes = new byte[100];
      ObjectKey third = new ObjectKey(second.repositoryId(), Hash256.sha256(bytes));
      assertThat(transactions.run(() -> from().store().put(third, bytes))).isTrue();
      List<ObjectKey> ordered =
          second.name().compareTo(third.name()) < 0
              ? List.of(second, third)
              : List.of(third, second);
      CiphertextListing rows = from().listing();
      assertThat(rows.after(first, 10)).isEqualTo(ordered);
      assertThat(rows.after(ordered.getFirst(), 10)).containsExactly(ordered.getLast());
      assertThat(rows.after(ordered.getLast(), 10)).isEmpty();
      assertThat(rows.after(null, 1)).hasSize(1);
      assertThat(rows.count()).isEqualTo(rows.after(null, 1000).size());
    }
  }
}
