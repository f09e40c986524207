package org.hikae.backup.ciphertext.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hikae.backup.bucket.store.S3CiphertextStore;
import org.hikae.backup.bucket.store.S3Limits;
import org.hikae.backup.ciphertext.store.CiphertextStore.CleanedObjects;
import org.hikae.backup.move.store.MovingCiphertextStore;
import org.hikae.backup.move.store.NamedStore;
import org.hikae.backup.move.store.ObjectMove;
import org.hikae.backup.move.store.ObjectMove.MoveStatus;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The store in a bucket beside both databases, by real requests to a server. Server and client
 * together take over a minute of a processor, so each run has {@code S3BucketTest}, {@code
 * S3ListingTest} and {@link S3CiphertextStoreFaultTest}, and this by turn.
 */
class S3CiphertextStoreTest {

  @FullRunOnly
  @Nested
  class On_h2 extends InBucket {
    @Override
    TestDatabase start(Path folder) throws IOException, SQLException {
      return TestDatabase.h2(folder);
    }
  }

  @FullRunOnly
  @Nested
  class On_postgresql extends InBucket {
    @Override
    TestDatabase start(Path folder) throws SQLException {
      return TestDatabase.postgres();
    }
  }

  abstract static class InBucket extends S3StoreBase {

    /** After everything that a test wrote, by the server's clock. */
    private static Instant soon() {
      return Clock.systemUTC().instant().plus(Duration.ofDays(1));
    }

    private static Instant earlier() {
      return Clock.systemUTC().instant().minus(Duration.ofDays(1));
    }

    private void replace(ObjectKey key, byte[] bytes) throws Exception {
      inTransaction(
          () -> {
            store.replace(key, bytes);
            return true;
          });
    }

    @Test
    void an_object_is_in_the_bucket_before_its_transaction_takes_any_other_lock() throws Exception {
      long repository = newRepository();
      byte[] bytes = bytes(10);
      ObjectKey key = key(repository, bytes);
      try (Connection _ = transactions.begin()) {
        store.put(key, bytes);
        assertThat(objectsOf(repository)).containsExactly(path(key, 0));
      } finally {
        transactions.end();
      }
      assertThat(store.exists(key)).as("its transaction was refused").isFalse();
    }

    @Test
    void keys_say_whose_an_object_is_and_what_it_must_be() throws Exception {
      long repository = newRepository();
      ObjectKey key = stored(repository, bytes(10));
      assertThat(objectsOf(repository))
          .containsExactly("portal/objects/" + repository + "/" + key.name().hex());
    }

    @Test
    void an_orphan_becomes_the_object_when_it_comes_again() throws Exception {
      byte[] bytes = bytes(5000);
      ObjectKey key = orphan(newRepository(), bytes);
      write(path(key, 0), new byte[] {1});
      assertThat(inTransaction(() -> store.put(key, bytes))).isTrue();
      requireRead(key);
      ObjectKey streamed = orphan(key.repositoryId(), bytes(6000));
      byte[] again = read(path(streamed, 0));
      write(path(streamed, 0), new byte[] {1});
      assertThat(
              inTransaction(
                  () -> store.put(streamed, again.length, new ByteArrayInputStream(again))))
          .isTrue();
      requireRead(streamed);
      assertThat(objectsOf(key.repositoryId())).hasSize(2);
    }

    @Test
    void what_no_row_names_goes_after_the_grace_and_nothing_else() throws Exception {
      long repository = newRepository();
      ObjectKey stays = stored(repository, bytes(10));
      ObjectKey orphan = orphan(repository, bytes(12));
      String foreign = PREFIX + "objects/" + repository + "/readme";
      write(foreign, new byte[] {1});
      assertThat(inTransaction(() -> store.removeLeftovers(repository, earlier(), 10).removed()))
          .isZero();
      assertThat(inTransaction(() -> store.removeLeftovers(repository, soon(), 10).removed()))
          .isEqualTo(1);
      assertThat(objectsOf(repository)).containsExactlyInAnyOrder(path(stays, 0), foreign);
      requireRead(stays);
      assertThat(store.exists(orphan)).isFalse();
    }

    @Test
    void what_was_deleted_goes_by_the_queue_after_its_own_grace() throws Exception {
      long repository = newRepository();
      ObjectKey first = stored(repository, bytes(10));
      ObjectKey second = stored(repository, bytes(11));
      ObjectKey back = stored(repository, bytes(12));
      inTransaction(() -> store.delete(first));
      try (S3CiphertextStore later =
          opened(location(server.endpoint(), PREFIX), at(soon()), new Random(7))) {
        assertThat(later.probe()).isEmpty();
        inTransaction(() -> later.delete(second));
        inTransaction(() -> later.delete(back));
      }
      Instant between = Clock.systemUTC().instant().plus(Duration.ofHours(1));
      assertThat(objectsOf(repository)).as("an older database finds it").hasSize(3);
      byte[] again = read(path(back, 0));
      assertThat(inTransaction(() -> store.put(back, again))).isTrue();
      assertThat(inTransaction(() -> store.removeLeftovers(repository, between, 10).removed()))
          .isEqualTo(1);
      assertThat(objectsOf(repository)).containsExactlyInAnyOrder(path(second, 0), path(back, 0));
      Instant after = soon().plus(Duration.ofHours(1));
      assertThat(inTransaction(() -> store.removeLeftovers(repository, after, 10).removed()))
          .isEqualTo(1);
      assertThat(inTransaction(() -> store.removeLeftovers(repository, after, 10).removed()))
          .isZero();
      assertThat(objectsOf(repository)).containsExactly(path(back, 0));
      requireRead(back);
    }

    @Test
    void a_deletion_that_is_rolled_back_is_in_no_queue() throws Exception {
      long repository = newRepository();
      ObjectKey key = stored(repository, bytes(10));
      try (Connection _ = transactions.begin()) {
        assertThat(store.delete(key)).isTrue();
      } finally {
        transactions.end();
      }
      assertThat(inTransaction(() -> store.removeLeftovers(repository, soon(), 10).removed()))
          .isZero();
      requireRead(key);
    }

    @Test
    void bytes_that_were_replaced_go_after_the_grace_unless_they_are_the_last() throws Exception {
      long repository = newRepository();
      byte[] bytes = bytes(4000);
      ObjectKey key = stored(repository, bytes);
      harm(key, DiskDamage.FLIPPED);
      replace(key, bytes);
      assertThat(objectsOf(repository)).containsExactly(path(key, 0), path(key, 1));
      remove(path(key, 1));
      assertThat(inTransaction(() -> store.removeLeftovers(repository, soon(), 10).removed()))
          .isZero();
      write(path(key, 1), bytes);
      assertThat(inTransaction(() -> store.removeLeftovers(repository, soon(), 10).removed()))
          .isEqualTo(1);
      assertThat(objectsOf(repository)).containsExactly(path(key, 1));
      requireRead(key);
    }

    @Test
    void an_older_database_finds_what_was_deleted_and_what_was_replaced() throws Exception {
      long repository = newRepository();
      byte[] bytes = bytes(3000);
      ObjectKey deleted = stored(repository, bytes(2000));
      ObjectKey replaced = stored(repository, bytes);
      harm(replaced, DiskDamage.CUT);
      replace(replaced, bytes);
      inTransaction(() -> store.delete(deleted));
      inTransaction(() -> store.delete(replaced));
      remove(path(replaced, 0));
      record(deleted, 0);
      record(replaced, 0);
      requireRead(deleted);
      requireRead(replaced);
    }

    @Test
    void an_object_that_was_lost_is_written_when_it_comes_again() throws Exception {
      byte[] bytes = bytes(3000);
      ObjectKey key = stored(newRepository(), bytes);
      harm(key, DiskDamage.GONE);
      assertThat(store.exists(key)).isFalse();
      assertThat(inTransaction(() -> store.put(key, bytes))).isTrue();
      requireRead(key);
    }

    @Test
    void steps_that_have_no_time_go_on_where_the_last_one_was() throws Exception {
      long repository = newRepository();
      S3Limits limits =
          new S3Limits(
              Duration.ofSeconds(30),
              Duration.ofSeconds(20),
              Duration.ofMinutes(2),
              Duration.ZERO,
              3,
              1,
              Duration.ofSeconds(10));
      try (S3CiphertextStore hasty =
          opened(location(server.endpoint(), PREFIX, limits), Clock.systemUTC(), new Random(8))) {
        assertThat(hasty.probe()).isEmpty();
        ObjectKey stays = stored(repository, bytes(9));
        for (int each = 0; each < 3; each++) {
          ObjectKey deleted = stored(repository, bytes(10 + each));
          inTransaction(() -> store.delete(deleted));
          orphan(repository, bytes(20 + each));
        }
        assertThat(inTransaction(() -> hasty.removeLeftovers(repository, soon(), 10)))
            .isEqualTo(new CleanedObjects(0, true));
        S3CiphertextStore one = store;
        CleanedObjects step = inTransaction(() -> one.removeLeftovers(repository, soon(), 2));
        assertThat(step).isEqualTo(new CleanedObjects(2, true));
        assertThat(inTransaction(() -> one.removeLeftovers(repository, soon(), 2)))
            .isEqualTo(new CleanedObjects(2, true));
        assertThat(inTransaction(() -> one.removeLeftovers(repository, soon(), 2)))
            .isEqualTo(new CleanedObjects(2, false));
        assertThat(objectsOf(repository)).containsExactly(path(stays, 0));
        orphan(repository, bytes(30));
        assertThat(inTransaction(() -> hasty.eraseRepository(repository))).isFalse();
        assertThat(objectsOf(repository)).hasSize(1);
        assertThat(inTransaction(() -> hasty.eraseRepository(repository))).isFalse();
        assertThat(objectsOf(repository)).isEmpty();
        assertThat(inTransaction(() -> hasty.eraseRepository(repository))).isTrue();
      }
    }

    @Test
    void erasure_leaves_nothing() throws Exception {
      long repository = newRepository();
      ObjectKey erased = stored(repository, bytes(100));
      ObjectKey deleted = stored(repository, bytes(101));
      inTransaction(() -> store.delete(deleted));
      assertThat(inTransaction(() -> store.erase(erased))).isTrue();
      assertThat(inTransaction(() -> store.erase(erased))).isFalse();
      assertThat(objectsOf(repository)).containsExactly(path(deleted, 0));
      orphan(repository, bytes(102));
      assertThat(inTransaction(() -> store.eraseRepository(repository))).isFalse();
      assertThat(objectsOf(repository)).isEmpty();
      assertThat(inTransaction(() -> store.eraseRepository(repository))).isTrue();
      assertThat(inTransaction(() -> store.removeLeftovers(repository, soon(), 10).removed()))
          .isZero();
      requireRead(stored(repository, bytes(103)));
    }

    @Test
    void an_object_that_comes_while_its_orphan_is_removed_waits_and_is_there() throws Exception {
      byte[] bytes = bytes(3000);
      ObjectKey key = orphan(newRepository(), bytes);
      CountDownLatch removed = new CountDownLatch(1);
      CountDownLatch putting = new CountDownLatch(1);
      try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
        Future<Integer> removal =
            pool.submit(
                () ->
                    inTransaction(
                        () -> {
                          int count =
                              store.removeLeftovers(key.repositoryId(), soon(), 10).removed();
                          removed.countDown();
                          assertThat(putting.await(2, TimeUnit.MINUTES)).isTrue();
                          return count;
                        }));
        assertThat(removed.await(2, TimeUnit.MINUTES)).isTrue();
        Future<Boolean> put =
            pool.submit(
                () -> {
                  putting.countDown();
                  return inTransaction(() -> store.put(key, bytes));
                });
        assertThat(removal.get()).isEqualTo(1);
        assertThat(put.get()).isTrue();
      }
      requireRead(key);
    }

    @Test
    void an_object_that_others_overwrite_while_it_is_read_gives_no_other_bytes() throws Exception {
      byte[] bytes = bytes(12 * 1024 * 1024);
      ObjectKey key = stored(newRepository(), bytes);
      try (InputStream in = store.open(key, 0, bytes.length).orElseThrow()) {
        assertThat(in.readNBytes(1000)).isEqualTo(Arrays.copyOf(bytes, 1000));
        write(path(key, 0), bytes(bytes.length));
        try {
          // What the server had begun to send it may send to its end.
          byte[] rest = in.readAllBytes();
          assertThat(rest).isEqualTo(Arrays.copyOfRange(bytes, 1000, bytes.length));
        } catch (IOException overwritten) {
          assertThat(overwritten).hasMessageContaining("overwritten");
        }
      }
      assertThat(store.digest(key).orElseThrow().hash()).isNotEqualTo(key.name());
    }

    @Test
    void an_empty_bucket_and_that_of_another_database_are_told_from_ours() throws Exception {
      byte[] bytes = bytes(50);
      ObjectKey key = stored(newRepository(), bytes);
      String mark = PREFIX + StoreIdentity.MARK;
      byte[] ours = read(mark);
      assertThat(new String(ours, StandardCharsets.US_ASCII)).matches("[0-9a-f]{32}");
      try {
        remove(mark);
        requireFault(VolumeFault.NOT_THERE, key, bytes);
        assertThat(list(mark)).isEmpty();
        write(mark, "another".getBytes(StandardCharsets.US_ASCII));
        requireFault(VolumeFault.FOREIGN, key, bytes);
      } finally {
        write(mark, ours);
      }
      assertThat(store.probe()).isEmpty();
      requireRead(key);
    }

    private void requireFault(VolumeFault fault, ObjectKey key, byte[] bytes) {
      assertThat(store.probe()).contains(fault);
      ObjectKey unknown = key(key.repositoryId(), bytes(51));
      List<Callable<?>> calls =
          List.of(
              () -> store.put(unknown, bytes),
              () -> store.delete(key),
              () -> store.removeLeftovers(key.repositoryId(), soon(), 1).removed());
      for (Callable<?> call : calls) {
        assertThat(catchThrowable(() -> inTransaction(call)))
            .isInstanceOf(CiphertextStoreException.class)
            .cause()
            .isInstanceOfSatisfying(
                VolumeException.class, cause -> assertThat(cause.fault()).isEqualTo(fault));
      }
    }

    @Test
    void a_second_installation_in_the_same_place_is_refused(@TempDir Path folder) throws Exception {
      TestDatabase second = start(folder);
      try {
        assertThat(probe(second, PREFIX)).contains(VolumeFault.FOREIGN);
        assertThat(probe(second, PREFIX)).as("it stays so").contains(VolumeFault.FOREIGN);
        assertThat(probe(second, "another/")).as("with a prefix of its own").isEmpty();
      } finally {
        second.shutDown();
      }
      assertThat(store.probe()).isEmpty();
    }

    private Optional<VolumeFault> probe(TestDatabase of, String prefix) {
      ThreadBoundTransactions its = new ThreadBoundTransactions(of.application());
      try (S3CiphertextStore another =
          new S3CiphertextStore(
              its, location(server.endpoint(), prefix), Clock.systemUTC(), new Random(99))) {
        return another.probe();
      }
    }

    @Test
    void objects_of_database_and_files_come_over_into_the_bucket_and_back(@TempDir Path folder)
        throws Exception {
      long repository = newRepository();
      DatabaseCiphertextStore inDatabase = new DatabaseCiphertextStore(transactions);
      FileCiphertextStore inFiles =
          new FileCiphertextStore(
              transactions, folder, transactions, Clock.systemUTC(), new Random(5));
      assertThat(inFiles.probe()).isEmpty();
      byte[] one = bytes(2000);
      byte[] two = bytes(3000);
      inTransaction(() -> inDatabase.put(key(repository, one), one));
      inTransaction(() -> inFiles.put(key(repository, two), two));
      NamedStore rows = NamedStore.of("DATABASE", inDatabase);
      NamedStore files = NamedStore.of("FILES", inFiles);
      NamedStore s3 = NamedStore.of("S3", store);
      ObjectMove move = new ObjectMove(this::inTransaction);
      assertThat(move.move(rows, s3, key(repository, one)).bytes()).isEqualTo(2000);
      assertThat(move.move(files, s3, key(repository, two)).bytes()).isEqualTo(3000);
      for (byte[] each : List.of(one, two)) {
        requireRead(key(repository, each));
        assertThat(inFiles.exists(key(repository, each))).isFalse();
        assertThat(inDatabase.exists(key(repository, each))).isFalse();
      }
      for (byte[] each : List.of(one, two)) {
        assertThat(move.move(s3, rows, key(repository, each)).bytes()).isEqualTo(each.length);
      }
      for (byte[] each : List.of(one, two)) {
        assertThat(inDatabase.digest(key(repository, each)).orElseThrow().hash())
            .isEqualTo(key(repository, each).name());
        assertThat(store.exists(key(repository, each))).isFalse();
      }
      assertThat(objectsOf(repository)).as("for an older database").hasSize(2);
    }

    @Test
    void a_bucket_is_used_until_what_was_moved_out_of_it_has_gone(@TempDir Path folder)
        throws Exception {
      TestDatabase second = start(folder);
      try {
        ThreadBoundTransactions its = new ThreadBoundTransactions(second.application());
        long repository =
            second.inTransaction(em -> EmployeeFixture.person(em, "Mover").repositoryId());
        assertThat(S3CiphertextStore.isUsedBy(second.application())).isFalse();
        try (S3CiphertextStore bucket =
            new S3CiphertextStore(
                its, location(server.endpoint(), "moving/"), Clock.systemUTC(), new Random(77))) {
          assertThat(bucket.probe()).isEmpty();
          byte[] bytes = bytes(100);
          ObjectKey key = key(repository, bytes);
          its.run(() -> bucket.put(key, bytes));
          byte[] others = bytes(101);
          ObjectKey deleted = key(repository, others);
          its.run(() -> bucket.put(deleted, others));
          its.run(() -> bucket.delete(deleted));
          assertThat(S3CiphertextStore.isUsedBy(second.application())).isTrue();
          NamedStore rows = NamedStore.of("DATABASE", new DatabaseCiphertextStore(its));
          NamedStore s3 = NamedStore.of("S3", bucket);
          CiphertextStore back = new MovingCiphertextStore(List.of(rows, s3), rows::name);
          assertThat(new ObjectMove(its::run).move(s3, rows, key).status())
              .isEqualTo(MoveStatus.MOVED);
          String mark = "moving/" + StoreIdentity.MARK;
          byte[] ours = read(mark);
          remove(mark);
          assertThat(bucket.probe()).as("another bucket").contains(VolumeFault.NOT_THERE);
          write(mark, ours);
          assertThat(S3CiphertextStore.isUsedBy(second.application()))
              .as("the queue refers to the repository, and the bytes are there")
              .isTrue();
          its.run(() -> back.erase(key));
          assertThat(its.run(() -> back.eraseRepository(repository))).isFalse();
          assertThat(its.run(() -> back.eraseRepository(repository))).isTrue();
          assertThat(list("moving/objects/")).isEmpty();
          assertThat(S3CiphertextStore.isUsedBy(second.application())).isFalse();
          try (Connection owner = second.owner().getConnection();
              PreparedStatement delete =
                  owner.prepareStatement("delete from repository where repository_id = ?")) {
            delete.setLong(1, repository);
            assertThat(delete.executeUpdate()).isOne();
          }
        }
      } finally {
        second.shutDown();
      }
    }

    @Test
    void a_lost_object_is_missing_and_not_a_fault_of_the_bucket() throws Exception {
      ObjectKey key = stored(newRepository(), bytes(10));
      harm(key, DiskDamage.GONE);
      assertThat(store.digest(key)).isEmpty();
      assertThat(store.open(key, 0, 5)).isEmpty();
      assertThat(store.probe()).isEmpty();
    }
  }
}
