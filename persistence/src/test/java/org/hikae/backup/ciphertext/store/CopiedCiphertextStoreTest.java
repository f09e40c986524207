package org.hikae.backup.ciphertext.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hikae.backup.bucket.store.S3CiphertextStore;
import org.hikae.backup.ciphertext.store.CiphertextStore.StoredDigest;
import org.hikae.backup.entity.StoredObject;
import org.hikae.backup.move.store.NamedStore;
import org.hikae.backup.second.store.CopiedCiphertextStore;
import org.hikae.backup.second.store.CopyQueue;
import org.hikae.backup.second.store.DueCopy;
import org.hikae.backup.second.store.ObjectCopy;
import org.hikae.backup.second.store.ObjectCopy.CopyResult;
import org.hikae.backup.second.store.SuspectCache;
import org.hikae.hk1.Hash256;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.hikae.testing.S3Servers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A store with copies keeps the contract, notes for the second store what changes, and reads from
 * there what the first has lost.
 */
@EveryThirdRun
class CopiedCiphertextStoreTest {

  @FullRunOnly
  @Nested
  class On_h2_with_copies_in_files extends WithCopies {
    @Override
    TestDatabase start(Path folder) throws IOException, SQLException {
      return TestDatabase.h2(folder);
    }

    @Override
    NamedStore openCopies(Path directory) throws IOException {
      return inFiles(directory);
    }
  }

  @Nested
  class On_postgresql_with_copies_in_files extends WithCopies {
    @Override
    TestDatabase start(Path folder) throws SQLException {
      return TestDatabase.postgres();
    }

    @Override
    NamedStore openCopies(Path directory) throws IOException {
      return inFiles(directory);
    }
  }

  @FullRunOnly
  @Nested
  class On_postgresql_with_copies_in_a_bucket extends WithCopies {

    private S3Servers server;
    private S3CiphertextStore bucket;

    @Override
    TestDatabase start(Path folder) throws SQLException {
      return TestDatabase.postgres();
    }

    @Override
    NamedStore openCopies(Path directory) throws IOException {
      server = S3Servers.start(directory.resolve("s3"));
      bucket =
          S3CiphertextStore.ofCopies(
              transactions,
              S3StoreBase.location(server.endpoint(), "second/"),
              Clock.systemUTC(),
              new Random(20261207));
      return NamedStore.of("SECOND", bucket);
    }

    @AfterAll
    void stopServer() throws IOException {
      bucket.close();
      server.close();
    }
  }

  abstract static class WithCopies extends CiphertextStoreTestBase {

    private static final Instant NOW = Instant.parse("2026-12-03T12:00:00Z");
    private static final int BYTES = 3000;

    private final SuspectCache suspects = new SuspectCache();
    private Path folder;
    private FileCiphertextStore first;
    private NamedStore second;
    private CopyQueue queue;
    private CopiedCiphertextStore both;

    abstract NamedStore openCopies(Path directory) throws IOException;

    NamedStore inFiles(Path directory) throws IOException {
      return NamedStore.of(
          "SECOND",
          FileCiphertextStore.ofCopies(
              transactions,
              Files.createDirectory(directory.resolve("second")),
              transactions,
              Clock.systemUTC(),
              new Random(20261208)));
    }

    @Override
    void openStore(Path directory) throws IOException {
      folder = Files.createDirectory(directory.resolve("first"));
      first =
          new FileCiphertextStore(
              transactions, folder, transactions, Clock.systemUTC(), new Random(20261209));
      second = openCopies(directory);
      queue = new CopyQueue(transactions);
      both = over(second);
      assertThat(both.probe()).isEmpty();
      assertThat(second.store().probe()).isEmpty();
    }

    private CopiedCiphertextStore over(NamedStore copies) {
      return new CopiedCiphertextStore(
          first, copies, queue, suspects, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Override
    CiphertextStore store() {
      return both;
    }

    @Override
    void harm(ObjectKey key, DiskDamage harm) throws Exception {
      Path replaced = folder.resolve(FileLayout.file(key, 1));
      FileStoreBase.damage(
          Files.exists(replaced) ? replaced : folder.resolve(FileLayout.file(key, 0)), harm);
    }

    /** An object as an upload leaves it. */
    private ObjectKey recorded(byte[] bytes) throws Exception {
      ObjectKey key = stored(newRepository(), bytes);
      return database.inTransaction(
          em -> {
            em.persist(
                new StoredObject(key.repositoryId(), key.name(), bytes.length, Instant.EPOCH));
            return key;
          });
    }

    private ObjectKey copied() throws Exception {
      ObjectKey key = recorded(bytes(BYTES));
      settleAll();
      return key;
    }

    /** What a portal does with its turn; other tests leave rotten objects. */
    private void settleAll() throws Exception {
      ObjectCopy copying =
          new ObjectCopy(
              NamedStore.of("STORE", first),
              second,
              key -> queue.recordedSize(key).isPresent(),
              this::inTransaction);
      for (DueCopy due : claimed()) {
        CopyResult _ = copying.settle(due.key(), due.erases());
        queue.done(due);
      }
    }

    private List<DueCopy> claimed() throws Exception {
      return inTransaction(() -> queue.claim(NOW, NOW.plusSeconds(600), 10_000));
    }

    private static void requireRead(CiphertextStore store, ObjectKey key) throws IOException {
      assertThat(store.size(key)).hasValue(BYTES);
      try (InputStream in = store.open(key, 0, BYTES).orElseThrow()) {
        assertThat(Hash256.sha256(in.readAllBytes())).isEqualTo(key.name());
      }
    }

    @Test
    void each_change_is_noted_with_it_and_none_that_is_rolled_back() throws Exception {
      settleAll();
      byte[] bytes = bytes(BYTES);
      ObjectKey key = key(newRepository(), bytes);
      assertThatThrownBy(
              () ->
                  inTransaction(
                      () -> {
                        assertThat(both.put(key, bytes)).isTrue();
                        throw new IOException("planted");
                      }))
          .hasMessage("planted");
      assertThat(claimed()).isEmpty();
      assertThat(inTransaction(() -> both.put(key, bytes))).isTrue();
      assertThat(claimed()).extracting(DueCopy::key).containsExactly(key);
      assertThat(inTransaction(() -> both.put(key, bytes))).as("it is there").isFalse();
      assertThat(claimed()).isEmpty();
      assertThat(inTransaction(() -> both.delete(key))).isTrue();
      assertThat(claimed()).extracting(DueCopy::erases).containsExactly(false);
      assertThat(inTransaction(() -> both.put(key, bytes))).isTrue();
      assertThat(inTransaction(() -> both.erase(key))).isTrue();
      assertThat(claimed()).extracting(DueCopy::erases).containsExactly(false, true);
    }

    @Test
    void what_was_stored_has_a_copy_and_what_was_deleted_has_none() throws Exception {
      ObjectKey key = copied();
      assertThat(second.store().digest(key)).contains(new StoredDigest(BYTES, key.name()));
      ObjectKey gone = stored(newRepository(), bytes(BYTES));
      assertThat(inTransaction(() -> both.delete(gone))).isTrue();
      settleAll();
      assertThat(second.listing().holds(gone)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(DiskDamage.class)
    void what_the_first_has_lost_or_cut_is_read_from_the_second(DiskDamage harm) throws Exception {
      ObjectKey key = copied();
      requireRead(both, key);
      assertThat(suspects.contains(key)).isFalse();
      harm(key, harm);
      if (harm == DiskDamage.FLIPPED) {
        // Only who has read all of it can tell: it is not given to the end, and asked for again.
        assertThatThrownBy(() -> requireRead(both, key)).isInstanceOf(IOException.class);
      }
      assertThat(both.size(key)).hasValue(BYTES);
      requireRead(both, key);
      assertThat(suspects.contains(key)).isTrue();
      try (InputStream part = both.open(key, 1000, 500).orElseThrow()) {
        assertThat(part.readAllBytes()).hasSize(500);
      }
      assertThat(both.digest(key))
          .as("what scrubbing looks at")
          .isNotEqualTo(Optional.of(new StoredDigest(BYTES, key.name())));
      suspects.remove(key);
    }

    @Test
    void what_is_wrong_in_both_is_given_as_it_is() throws Exception {
      ObjectKey key = recorded(bytes(BYTES));
      for (DueCopy due : claimed()) {
        // It gets no copy.
        queue.done(due);
      }
      harm(key, DiskDamage.FLIPPED);
      assertThatThrownBy(() -> requireRead(both, key)).isInstanceOf(IOException.class);
      try (InputStream in = both.open(key, 0, BYTES).orElseThrow()) {
        assertThat(Hash256.sha256(in.readAllBytes())).isNotEqualTo(key.name());
      }
      suspects.remove(key);
    }

    @Test
    void a_failure_of_the_first_in_the_middle_is_not_seen() throws Exception {
      ObjectKey key = copied();
      NamedStore failing =
          FailingStep.intercepted(
              NamedStore.of("STORE", first),
              (method, call) ->
                  method.equals("open")
                      ? Optional.of(new BreakingStream(first.open(key, 0, BYTES).orElseThrow()))
                      : call.call());
      CopiedCiphertextStore store =
          new CopiedCiphertextStore(
              failing.store(), second, queue, suspects, Clock.fixed(NOW, ZoneOffset.UTC));
      requireRead(store, key);
      assertThat(suspects.contains(key)).isTrue();
      suspects.remove(key);
    }

    /** Fails after 1000 bytes. */
    private static final class BreakingStream extends InputStream {

      private final InputStream bytes;
      private int left = 1000;

      BreakingStream(InputStream bytes) {
        this.bytes = bytes;
      }

      @Override
      public int read() throws IOException {
        throw new IOException("planted");
      }

      @Override
      public int read(byte[] into, int start, int most) throws IOException {
        if (left == 0) {
          throw new IOException("planted");
        }
        int count = bytes.read(into, start, Math.min(most, left));
        left -= count;
        return count;
      }

      @Override
      public void close() throws IOException {
        bytes.close();
      }
    }

    @Test
    void trouble_of_the_second_store_is_nobodys_who_writes_or_reads() throws Exception {
      ObjectKey there = copied();
      NamedStore down =
          FailingStep.intercepted(
              second,
              (_, _) -> {
                throw new CiphertextStoreException(
                    "planted", new VolumeException(VolumeFault.UNREACHABLE, "planted", null));
              });
      CopiedCiphertextStore store = over(down);
      byte[] bytes = bytes(BYTES);
      ObjectKey key = key(newRepository(), bytes);
      assertThat(inTransaction(() -> store.put(key, bytes))).isTrue();
      assertThat(inTransaction(() -> store.erase(key))).isTrue();
      requireRead(store, there);
      harm(there, DiskDamage.GONE);
      assertThat(store.open(there, 0, BYTES)).isEmpty();
      assertThat(store.size(there)).isEmpty();
    }

    @Test
    void a_repository_is_erased_only_when_nothing_is_left_in_either() throws Exception {
      byte[] bytes = bytes(BYTES);
      byte[] more = bytes(BYTES);
      long repository = newRepository();
      ObjectKey copied = stored(repository, bytes);
      settleAll();
      ObjectKey waiting = stored(repository, more);
      for (ObjectKey each : List.of(copied, waiting)) {
        assertThat(inTransaction(() -> both.erase(each))).isTrue();
      }
      NamedStore down =
          FailingStep.intercepted(
              second,
              (_, _) -> {
                throw new CiphertextStoreException("planted", new IOException("planted"));
              });
      assertThatThrownBy(() -> inTransaction(() -> over(down).eraseRepository(repository)))
          .isInstanceOf(CiphertextStoreException.class);
      assertThat(second.listing().holds(copied)).isTrue();
      int steps = 1;
      while (!inTransaction(() -> both.eraseRepository(repository))) {
        steps++;
        assertThat(steps).isLessThan(10);
      }
      assertThat(steps).isGreaterThan(1);
      assertThat(second.listing().holds(copied)).isFalse();
      assertThat(queue.isDue(copied)).isFalse();
      assertThat(queue.isDue(waiting)).isFalse();
    }

    @Test
    void the_place_of_copies_is_not_that_of_objects() {
      FileCiphertextStore mistaken =
          FileCiphertextStore.ofCopies(
              transactions, folder, transactions, Clock.systemUTC(), new Random(20261210));
      assertThat(mistaken.probe()).contains(VolumeFault.FOREIGN);
    }

    @Test
    void copies_go_after_the_grace() throws Exception {
      ObjectKey key = stored(newRepository(), bytes(BYTES));
      settleAll();
      assertThat(inTransaction(() -> both.delete(key))).isTrue();
      settleAll();
      Instant later = Instant.now().plus(Duration.ofDays(1));
      assertThat(
              inTransaction(
                  () -> second.store().removeLeftovers(key.repositoryId(), later, 10).removed()))
          .isEqualTo(1);
      assertThat(
              inTransaction(
                  () -> second.store().removeLeftovers(key.repositoryId(), later, 10).removed()))
          .isZero();
    }
  }
}
