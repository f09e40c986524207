package org.hikae.backup.ciphertext.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hikae.hk1.Hash256;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The store in files beside both databases. */
class FileCiphertextStoreTest {

  /** Does to a file what a disk does. */
  static void damage(Path file, CiphertextStoreContract.DiskDamage harm) throws IOException {
    switch (harm) {
      case FLIPPED -> {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
      case CUT -> {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(2);
        }
      }
      case GONE -> Files.delete(file);
    }
  }

  @Nested
  class On_h2 extends InFiles {
    @Override
    TestDatabase start(Path folder) throws IOException, SQLException {
      return TestDatabase.h2(folder);
    }
  }

  @Nested
  class On_postgresql extends InFiles {
    @Override
    TestDatabase start(Path folder) throws SQLException {
      return TestDatabase.postgres();
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class InFiles extends CiphertextStoreContract {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofDays(8));
    private static final Instant GRACE_AGO = LATER.minus(Duration.ofDays(7));

    private final Random random = new Random(20261130);
    private TestDatabase database;
    private ThreadBoundTransactions transactions;
    private Path folder;
    private FileCiphertextStore store;

    abstract TestDatabase start(Path folder) throws IOException, SQLException;

    @BeforeAll
    void open(@TempDir Path directory) throws IOException, SQLException {
      database = start(directory);
      transactions = new ThreadBoundTransactions(database.application());
      folder = Files.createDirectory(directory.resolve("store"));
      store = opened(folder);
      assertThat(store.probe()).isEmpty();
    }

    private FileCiphertextStore opened(Path at) {
      return new FileCiphertextStore(
          transactions, at, transactions, Clock.fixed(NOW, ZoneOffset.UTC), random);
    }

    @AfterAll
    void stop() throws IOException {
      database.shutDown();
    }

    @Override
    CiphertextStore store() {
      return store;
    }

    @Override
    long newRepository() {
      return database.inTransaction(em -> EmployeeFixture.person(em, "Sender").repositoryId());
    }

    @Override
    <T> T inTransaction(Callable<T> work) throws Exception {
      try (Connection connection = transactions.begin()) {
        T result = work.call();
        connection.commit();
        return result;
      } finally {
        transactions.end();
      }
    }

    @Override
    void harm(ObjectKey key, DiskDamage harm) throws Exception {
      damage(file(key, slot(key)), harm);
    }

    private Path file(ObjectKey key, int slot) {
      return folder.resolve(FileLayout.file(key, slot));
    }

    private int slot(ObjectKey key) throws SQLException {
      try (Connection connection = database.owner().getConnection();
          PreparedStatement select =
              connection.prepareStatement(
                  "select slot from ciphertext_file where repository_id = ? and name = ?")) {
        select.setLong(1, key.repositoryId());
        select.setBytes(2, key.name().toBytes());
        try (ResultSet row = select.executeQuery()) {
          assertThat(row.next()).isTrue();
          return row.getInt(1);
        }
      }
    }

    private void record(ObjectKey key, int slot) throws SQLException {
      try (Connection connection = database.owner().getConnection();
          PreparedStatement insert =
              connection.prepareStatement("insert into ciphertext_file values (?, ?, 0, ?)")) {
        insert.setLong(1, key.repositoryId());
        insert.setBytes(2, key.name().toBytes());
        insert.setInt(3, slot);
        insert.executeUpdate();
      }
    }

    private byte[] bytes(int length) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      return bytes;
    }

    private static ObjectKey key(long repository, byte[] bytes) {
      return new ObjectKey(repository, Hash256.sha256(bytes));
    }

    private ObjectKey stored(long repository, byte[] bytes) throws Exception {
      ObjectKey key = key(repository, bytes);
      assertThat(inTransaction(() -> store.put(key, bytes))).isTrue();
      return key;
    }

    private void requireRead(ObjectKey key) throws IOException {
      long size = store.size(key).orElseThrow();
      try (InputStream in = store.open(key, 0, size).orElseThrow()) {
        assertThat(Hash256.sha256(in.readAllBytes())).isEqualTo(key.name());
      }
    }

    private List<Path> filesOf(long repository) throws IOException {
      try (Stream<Path> files = Files.walk(folder.resolve(FileLayout.repository(repository)))) {
        return files.filter(Files::isRegularFile).toList();
      }
    }

    /** A put whose transaction fails when everything is on the disk. */
    private ObjectKey orphan(long repository, byte[] bytes) throws Exception {
      ObjectKey key = key(repository, bytes);
      try (Connection _ = transactions.begin()) {
        store.put(key, bytes);
        transactions.prepare();
      } finally {
        transactions.end();
      }
      assertThat(file(key, 0)).exists();
      assertThat(store.exists(key)).isFalse();
      return key;
    }

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
      assertThat(inTransaction(() -> store.removeLeftovers(repository, NOW, 10))).isZero();
      assertThat(inTransaction(() -> store.removeLeftovers(repository, GRACE_AGO, 1))).isEqualTo(1);
      assertThat(inTransaction(() -> store.removeLeftovers(repository, GRACE_AGO, 10)))
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
      assertThat(inTransaction(() -> store.removeLeftovers(repository, GRACE_AGO, 10))).isZero();
      Files.move(kept, file(key, 1));
      assertThat(inTransaction(() -> store.removeLeftovers(repository, GRACE_AGO, 10)))
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
                          int count = store.removeLeftovers(key.repositoryId(), GRACE_AGO, 10);
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
    void a_folder_that_is_not_there_or_anothers_is_told_from_lost_files() throws Exception {
      byte[] bytes = bytes(10);
      ObjectKey key = stored(newRepository(), bytes);
      Path mark = folder.resolve(FileLayout.MARK);
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
              () -> store.removeLeftovers(key.repositoryId(), LATER, 1));
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
      String mark = Files.readString(folder.resolve(FileLayout.MARK), StandardCharsets.US_ASCII);
      assertThat(mark).matches("[0-9a-f]{32}");
      assertThat(opened(folder).probe()).isEmpty();
      assertThat(folder.resolve(FileLayout.MARK)).hasContent(mark);
    }
  }
}
