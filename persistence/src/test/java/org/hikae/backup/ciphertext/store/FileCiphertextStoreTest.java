package org.hikae.backup.ciphertext.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The store in files beside both databases. */
@EveryThirdRun
class FileCiphertextStoreTest {

  @FullRunOnly
  @Nested
  class On_h2 extends InFiles {
    @Override
    TestDatabase start(Path folder) throws IOException, SQLException {
      return TestDatabase.h2(folder);
    }

    @Override
    boolean isSomebodyBlocked(TestDatabase database) {
      // H2 tries again and again, and tells nobody.
      return true;
    }
  }

  @Nested
  class On_postgresql extends InFiles {
    @Override
    TestDatabase start(Path folder) throws SQLException {
      return TestDatabase.postgres();
    }

    @Override
    boolean isSomebodyBlocked(TestDatabase database) throws SQLException {
      try (Connection connection = database.application().getConnection();
          PreparedStatement select =
              connection.prepareStatement(
                  "select 1 from pg_stat_activity"
                      + " where datname = current_database() and wait_event_type = 'Lock'");
          ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  abstract static class InFiles extends FileStoreBase {

    @Test
    void files_and_folders_are_the_portals_alone() throws Exception {
      ObjectKey key = stored(newRepository(), bytes(10));
      Path file = file(key, 0);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      for (Path each = file.getParent(); !each.equals(folder); each = each.getParent()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
            .isEqualTo("rwx------");
      }
    }

    @Test
    void a_transaction_that_is_refused_leaves_no_file() throws Exception {
      long repository = newRepository();
      try (Connection _ = transactions.begin()) {
        store.put(key(repository, bytes(10)), bytes(10));
        assertThat(folder.resolve(FileLayout.INCOMING)).isNotEmptyDirectory();
      } finally {
        transactions.end();
      }
      assertThat(folder.resolve(FileLayout.INCOMING)).isEmptyDirectory();
      assertThat(folder.resolve(FileLayout.repository(repository))).doesNotExist();
    }

    @Test
    void nothing_is_stored_without_a_transaction() throws Exception {
      byte[] bytes = bytes(10);
      assertThatIllegalStateException()
          .isThrownBy(() -> store.replace(key(newRepository(), bytes), bytes));
      assertThat(folder.resolve(FileLayout.INCOMING)).isEmptyDirectory();
    }

    @Test
    void an_orphan_becomes_the_object_when_it_comes_again() throws Exception {
      byte[] bytes = bytes(5000);
      ObjectKey key = orphan(newRepository(), bytes);
      Files.write(file(key, 0), new byte[] {1});
      assertThat(inTransaction(() -> store.put(key, bytes))).isTrue();
      requireRead(key);
      assertThat(filesOf(key.repositoryId())).hasSize(1);
    }

    @Test
    void what_no_row_names_goes_after_the_grace_and_nothing_else() throws Exception {
      long repository = newRepository();
      ObjectKey stays = stored(repository, bytes(10));
      ObjectKey deleted = stored(repository, bytes(11));
      Files.setLastModifiedTime(file(deleted, 0), FileTime.from(Instant.EPOCH));
      inTransaction(() -> store.delete(deleted));
      ObjectKey orphan = orphan(repository, bytes(12));
      Files.setLastModifiedTime(file(orphan, 0), FileTime.from(NOW));
      Files.setLastModifiedTime(file(stays, 0), FileTime.from(Instant.EPOCH));
      Path foreign = Files.createFile(file(stays, 0).resolveSibling("lost+found"));
      assertThat(inTransaction(() -> store.removeLeftovers(repository, NOW, 10).removed()))
          .isZero();
      assertThat(inTransaction(() -> store.removeLeftovers(repository, GRACE_AGO, 1).removed()))
          .isEqualTo(1);
      assertThat(inTransaction(() -> store.removeLeftovers(repository, GRACE_AGO, 10).removed()))
          .isEqualTo(1);
      assertThat(filesOf(repository)).containsExactlyInAnyOrder(file(stays, 0), foreign);
      requireRead(stays);
      assertThat(store.exists(orphan)).isFalse();
    }

    @Test
    void bytes_that_were_replaced_go_after_the_grace_unless_they_are_the_last() throws Exception {
      long repository = newRepository();
      byte[] bytes = bytes(4000);
      ObjectKey key = stored(repository, bytes);
      harm(key, DiskDamage.FLIPPED);
      inTransaction(
          () -> {
            store.replace(key, bytes);
            return true;
          });
      Files.setLastModifiedTime(file(key, 0), FileTime.from(NOW));
      assertThat(filesOf(repository)).hasSize(2);
      Path kept = Files.move(file(key, 1), folder.resolve("kept"));
      assertThat(inTransaction(() -> store.removeLeftovers(repository, GRACE_AGO, 10).removed()))
          .isZero();
      Files.move(kept, file(key, 1));
      assertThat(inTransaction(() -> store.removeLeftovers(repository, GRACE_AGO, 10).removed()))
          .isEqualTo(1);
      requireRead(key);
    }

    @Test
    void an_older_database_finds_what_was_deleted_and_what_was_replaced() throws Exception {
      long repository = newRepository();
      byte[] bytes = bytes(3000);
      ObjectKey deleted = stored(repository, bytes(2000));
      ObjectKey replaced = stored(repository, bytes);
      harm(replaced, DiskDamage.CUT);
      inTransaction(
          () -> {
            store.replace(replaced, bytes);
            return store.delete(deleted);
          });
      inTransaction(() -> store.delete(replaced));
      Files.delete(file(replaced, 0));
      record(deleted, 0);
      record(replaced, 0);
      requireRead(deleted);
      requireRead(replaced);
    }

    @Test
    void a_file_that_was_lost_is_written_when_its_object_comes_again() throws Exception {
      byte[] bytes = bytes(3000);
      ObjectKey key = stored(newRepository(), bytes);
      harm(key, DiskDamage.GONE);
      assertThat(inTransaction(() -> store.put(key, bytes))).isTrue();
      requireRead(key);
    }

    @Test
    void erasure_leaves_nothing() throws Exception {
      long repository = newRepository();
      ObjectKey erased = stored(repository, bytes(100));
      ObjectKey deleted = stored(repository, bytes(101));
      inTransaction(() -> store.delete(deleted));
      assertThat(inTransaction(() -> store.erase(erased))).isTrue();
      assertThat(inTransaction(() -> store.erase(erased))).isFalse();
      assertThat(file(erased, 0)).doesNotExist();
      orphan(repository, bytes(102));
      inTransaction(
          () -> {
            store.eraseRepository(repository);
            return true;
          });
      assertThat(folder.resolve(FileLayout.repository(repository))).doesNotExist();
      requireRead(stored(repository, bytes(103)));
    }

    @Test
    void erasure_takes_what_a_killed_portal_was_writing_for_it() throws Exception {
      long repository = newRepository();
      Path incoming = folder.resolve(FileLayout.INCOMING);
      Path its = Files.createFile(incoming.resolve(repository + "-of-another-process-0"));
      Path others = Files.createFile(incoming.resolve(repository + "0-of-another-process-0"));
      inTransaction(
          () -> {
            store.eraseRepository(repository);
            return true;
          });
      assertThat(its).doesNotExist();
      Files.delete(others);
    }

    @Test
    void folders_that_went_meanwhile_are_made_again() throws Exception {
      long repository = newRepository();
      for (int round = 0; round < 2; round++) {
        Files.delete(file(stored(repository, bytes(60 + round)), 0));
        try (Stream<Path> all = Files.walk(folder.resolve(FileLayout.repository(repository)))) {
          for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(each);
          }
        }
        requireRead(stored(repository, bytes(70 + round)));
      }
    }

    @Test
    void what_never_came_to_an_end_goes() throws Exception {
      Path old = Files.createFile(folder.resolve(FileLayout.INCOMING).resolve("old"));
      Files.setLastModifiedTime(old, FileTime.from(NOW));
      Path fresh = Files.createFile(folder.resolve(FileLayout.INCOMING).resolve("fresh"));
      Files.setLastModifiedTime(fresh, FileTime.from(LATER));
      store.removeUnfinished(GRACE_AGO);
      assertThat(old).doesNotExist();
      Files.delete(fresh);
    }

    @Test
    void an_object_that_comes_while_its_orphan_is_removed_waits_and_is_there() throws Exception {
      byte[] bytes = bytes(3000);
      ObjectKey key = orphan(newRepository(), bytes);
      Files.setLastModifiedTime(file(key, 0), FileTime.from(NOW));
      CountDownLatch removed = new CountDownLatch(1);
      CountDownLatch putting = new CountDownLatch(1);
      try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
        Future<Integer> removal =
            pool.submit(
                () ->
                    inTransaction(
                        () -> {
                          int count =
                              store.removeLeftovers(key.repositoryId(), GRACE_AGO, 10).removed();
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
    void a_file_whose_row_is_about_to_be_committed_is_no_orphan() throws Exception {
      byte[] bytes = bytes(3000);
      ObjectKey key = key(newRepository(), bytes);
      CountDownLatch named = new CountDownLatch(1);
      CountDownLatch released = new CountDownLatch(1);
      try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
        Future<Boolean> put =
            pool.submit(
                () ->
                    inTransaction(
                        () -> {
                          boolean fresh = store.put(key, bytes);
                          transactions.add(new PausingParticipant(named, released));
                          return fresh;
                        }));
        assertThat(named.await(2, TimeUnit.MINUTES)).isTrue();
        Files.setLastModifiedTime(file(key, 0), FileTime.from(NOW));
        Future<Integer> removal =
            pool.submit(
                () ->
                    inTransaction(
                        () -> store.removeLeftovers(key.repositoryId(), GRACE_AGO, 10).removed()));
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!removal.isDone() && !isSomebodyBlocked(database)) {
          assertThat(System.nanoTime()).isLessThan(deadline);
        }
        released.countDown();
        assertThat(put.get()).isTrue();
        assertThat(removal.get()).isZero();
      }
      requireRead(key);
    }

    /** Stops a transaction when its files have their names. */
    private record PausingParticipant(CountDownLatch reached, CountDownLatch released)
        implements TransactionParticipant {

      @Override
      public void beforeCommit() throws IOException {
        reached.countDown();
        try {
          assertThat(released.await(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }

      @Override
      public void afterEnd() {}
    }

    @Test
    void a_folder_that_is_not_there_or_anothers_is_told_from_lost_files() throws Exception {
      byte[] bytes = bytes(10);
      ObjectKey key = stored(newRepository(), bytes);
      Path mark = folder.resolve(StoreIdentity.MARK);
      Path elsewhere = Files.move(folder, folder.resolveSibling("unmounted"));
      try {
        Files.createDirectory(folder);
        requireFault(VolumeFault.NOT_THERE, key, bytes);
        assertThat(folder).isEmptyDirectory();
        assertThat(opened(folder).probe()).contains(VolumeFault.NOT_THERE);
        Files.writeString(mark, "another");
        requireFault(VolumeFault.FOREIGN, key, bytes);
        assertThat(opened(folder).probe()).contains(VolumeFault.FOREIGN);
        Files.delete(mark);
        Files.delete(folder);
        requireFault(VolumeFault.NOT_THERE, key, bytes);
      } finally {
        Files.move(elsewhere, folder);
      }
      requireRead(key);
    }

    private void requireFault(VolumeFault fault, ObjectKey key, byte[] bytes) {
      List<Callable<?>> calls =
          List.of(
              () -> store.exists(key),
              () -> store.open(key, 0, 0),
              () -> store.digest(key),
              () -> store.put(key, bytes),
              () -> store.delete(key),
              () -> store.removeLeftovers(key.repositoryId(), LATER, 1).removed());
      for (Callable<?> call : calls) {
        assertThat(catchThrowable(() -> inTransaction(call)))
            .isInstanceOf(CiphertextStoreException.class)
            .cause()
            .isInstanceOfSatisfying(
                VolumeException.class, cause -> assertThat(cause.fault()).isEqualTo(fault));
      }
      assertThat(store.probe()).contains(fault);
    }

    @Test
    void a_database_says_whether_objects_lie_in_files() throws Exception {
      stored(newRepository(), bytes(10));
      assertThat(FileCiphertextStore.isUsedBy(database.application())).isTrue();
    }

    @Test
    void a_mark_is_whole_and_the_same_for_every_portal() throws Exception {
      String mark = Files.readString(folder.resolve(StoreIdentity.MARK), StandardCharsets.US_ASCII);
      assertThat(mark).matches("[0-9a-f]{32}");
      assertThat(opened(folder).probe()).isEmpty();
      assertThat(folder.resolve(StoreIdentity.MARK)).hasContent(mark);
    }
  }
}
