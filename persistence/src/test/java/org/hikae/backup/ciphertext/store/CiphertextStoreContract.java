package org.hikae.backup.ciphertext.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
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
import org.hikae.backup.ciphertext.store.CiphertextStore.StoredDigest;
import org.hikae.backup.wire.ResticType;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Test;

/** What every {@link CiphertextStore} does. An implementation extends this and opens a store. */
abstract class CiphertextStoreContract {

  private static final int SLICE = DatabaseCiphertextStore.SLICE_BYTES;

  /** A slice of whole pages of PostgreSQL. */
  private static final int PAGES = SLICE / 8120 * 8120;

  private final Random random = new Random(20260203);

  /** The store under test. */
  abstract CiphertextStore store();

  /** A repository that no other test uses. */
  abstract long newRepository();

  /** Runs {@code work} in a transaction of its own: committed on return, rolled back on a throw. */
  abstract <T> T inTransaction(Callable<T> work) throws Exception;

  /** Thrown to roll a transaction back. */
  private static final class Rollback extends Exception {
    private static final long serialVersionUID = 1L;
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  static ObjectKey key(long repository, byte[] bytes) {
    return new ObjectKey(repository, Hash256.sha256(bytes));
  }

  ObjectKey stored(long repository, byte[] bytes) throws Exception {
    ObjectKey key = key(repository, bytes);
    assertThat(inTransaction(() -> store().put(key, bytes))).isTrue();
    return key;
  }

  private byte[] read(ObjectKey key, long offset, long length) throws IOException {
    try (InputStream in = store().open(key, offset, length).orElseThrow()) {
      return in.readAllBytes();
    }
  }

  @Test
  void returns_the_bytes_it_was_given_at_every_size_around_its_slices() throws Exception {
    long repository = newRepository();
    for (int length : new int[] {0, 1, 255, 256, 257, 2000, SLICE - 1, SLICE, SLICE + 1}) {
      byte[] bytes = bytes(length);
      ObjectKey key = stored(repository, bytes);
      assertThat(store().size(key)).hasValue(length);
      assertThat(store().exists(key)).isTrue();
      assertThat(read(key, 0, length)).isEqualTo(bytes);
    }
  }

  @EveryThirdRun
  @Test
  void takes_the_largest_object() throws Exception {
    byte[] bytes = bytes(Hk1Constants.MAX_OBJECT_BYTES);
    ObjectKey key = stored(newRepository(), bytes);
    assertThat(store().size(key)).hasValue(Hk1Constants.MAX_OBJECT_BYTES);
    assertThat(Hash256.sha256(read(key, 0, bytes.length))).isEqualTo(key.name());
  }

  @EveryThirdRun
  @Test
  void takes_from_a_stream_what_is_not_in_memory_at_every_size_around_its_slices()
      throws Exception {
    long repository = newRepository();
    for (int length : new int[] {0, 1, 8120, 8121, PAGES - 1, PAGES, PAGES + 1, 3 * SLICE}) {
      byte[] bytes = bytes(length);
      ObjectKey key = key(repository, bytes);
      assertThat(inTransaction(() -> store().put(key, length, in(bytes)))).isTrue();
      assertThat(store().size(key)).hasValue(length);
      assertThat(store().digest(key)).contains(new StoredDigest(length, key.name()));
      assertThat(inTransaction(() -> store().put(key, length, in(bytes)))).isFalse();
      assertThat(inTransaction(() -> store().put(key, bytes))).isFalse();
      assertThat(read(key, 0, length)).isEqualTo(bytes);
      assertThat(inTransaction(() -> store().delete(key))).isTrue();
    }
  }

  private static InputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  /** Bytes that nobody holds, and their hash. */
  private static final class GeneratedStream extends InputStream {

    private final Random random = new Random(20261127);
    private long left;

    GeneratedStream(long length) {
      left = length;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      byte[] part = new byte[(int) Math.min(Math.min(length, 8192), left)];
      random.nextBytes(part);
      System.arraycopy(part, 0, target, offset, part.length);
      left -= part.length;
      return part.length;
    }
  }

  @FullRunOnly
  @Test
  void takes_the_largest_object_of_restic_and_ranges_at_its_end() throws Exception {
    int length = ResticType.MAX_OBJECT_BYTES;
    MessageDigest hash = Hash256.newDigest();
    byte[] part = new byte[8192];
    InputStream bytes = new GeneratedStream(length);
    for (int read = bytes.read(part, 0, 8192); read > 0; read = bytes.read(part, 0, 8192)) {
      hash.update(part, 0, read);
    }
    byte[] end = part.clone();
    ObjectKey key = new ObjectKey(newRepository(), Hash256.of(hash.digest()));
    assertThat(inTransaction(() -> store().put(key, length, new GeneratedStream(length)))).isTrue();
    assertThat(store().digest(key)).contains(new StoredDigest(length, key.name()));
    assertThat(read(key, length - 8192, 8192)).isEqualTo(end);
    assertThat(inTransaction(() -> store().delete(key))).isTrue();
  }

  @Test
  void keeps_nothing_of_a_stream_that_fails_or_ends_early() throws Exception {
    byte[] bytes = bytes(2 * SLICE + 5);
    ObjectKey key = key(newRepository(), bytes);
    for (int kept : new int[] {0, SLICE, 2 * SLICE}) {
      assertThatThrownBy(
              () ->
                  inTransaction(
                      () -> store().put(key, bytes.length, in(Arrays.copyOf(bytes, kept)))))
          .isInstanceOf(CiphertextStoreException.class);
      assertThat(store().exists(key)).isFalse();
    }
    InputStream failing =
        new SequenceInputStream(
            in(Arrays.copyOf(bytes, SLICE)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("planted");
              }

              @Override
              public int read(byte[] target, int offset, int length) throws IOException {
                return read();
              }
            });
    assertThatThrownBy(() -> inTransaction(() -> store().put(key, bytes.length, failing)))
        .isInstanceOf(CiphertextStoreException.class);
    assertThat(store().exists(key)).isFalse();
    assertThat(inTransaction(() -> store().put(key, bytes.length, in(bytes)))).isTrue();
    assertThat(read(key, 0, bytes.length)).isEqualTo(bytes);
  }

  @EveryThirdRun
  @Test
  void opens_any_range() throws Exception {
    byte[] bytes = bytes(2 * SLICE + 77);
    ObjectKey key = stored(newRepository(), bytes);
    int[] offsets = {
      0,
      1,
      8120,
      PAGES - 1,
      PAGES,
      PAGES + 1,
      SLICE - 1,
      SLICE,
      SLICE + 1,
      2 * PAGES,
      2 * SLICE,
      bytes.length - 1,
      bytes.length
    };
    for (int offset : offsets) {
      for (int length : new int[] {0, 1, 76, 8120, PAGES, PAGES + 1, SLICE, SLICE + 1}) {
        if (offset + length <= bytes.length) {
          assertThat(read(key, offset, length))
              .isEqualTo(java.util.Arrays.copyOfRange(bytes, offset, offset + length));
        }
      }
    }
  }

  @Test
  void refuses_a_range_outside_the_object() throws Exception {
    ObjectKey key = stored(newRepository(), bytes(10));
    for (long[] range :
        new long[][] {{-1, 1}, {0, -1}, {0, 11}, {10, 1}, {11, 0}, {1, Long.MAX_VALUE}}) {
      assertThatIllegalArgumentException().isThrownBy(() -> store().open(key, range[0], range[1]));
    }
  }

  @Test
  void does_not_find_what_it_was_not_given() {
    ObjectKey key = new ObjectKey(newRepository(), Hash256.sha256(bytes(20)));
    assertThat(store().exists(key)).isFalse();
    assertThat(store().size(key)).isEmpty();
    assertThat(store().open(key, 0, 0)).isEmpty();
  }

  @Test
  void keeps_repositories_apart() throws Exception {
    byte[] bytes = bytes(500);
    ObjectKey mine = stored(newRepository(), bytes);
    ObjectKey theirs = new ObjectKey(newRepository(), mine.name());
    assertThat(store().exists(theirs)).isFalse();
    assertThat(inTransaction(() -> store().put(theirs, bytes))).isTrue();
    assertThat(read(theirs, 0, 500)).isEqualTo(bytes);
  }

  @Test
  void says_so_when_an_object_was_there_before_and_keeps_the_first_bytes() throws Exception {
    byte[] bytes = bytes(3000);
    ObjectKey key = stored(newRepository(), bytes);
    assertThat(inTransaction(() -> store().put(key, bytes))).isFalse();
    assertThat(inTransaction(() -> store().put(key, bytes(3000)))).isFalse();
    assertThat(read(key, 0, 3000)).isEqualTo(bytes);
  }

  @Test
  void leaves_the_transaction_usable_after_an_object_that_was_there() throws Exception {
    long repository = newRepository();
    ObjectKey known = stored(repository, bytes(300));
    byte[] other = bytes(400);
    ObjectKey next = new ObjectKey(repository, Hash256.sha256(other));
    inTransaction(
        () -> {
          store().put(known, bytes(300));
          return store().put(next, other);
        });
    assertThat(read(next, 0, 400)).isEqualTo(other);
  }

  @Test
  void keeps_nothing_of_a_transaction_that_is_rolled_back_and_takes_the_object_again()
      throws Exception {
    byte[] bytes = bytes(SLICE + 5);
    ObjectKey key = key(newRepository(), bytes);
    try {
      inTransaction(
          () -> {
            store().put(key, bytes);
            throw new Rollback();
          });
    } catch (Rollback expected) {
      assertThat(expected).isNotNull();
    }
    assertThat(store().exists(key)).isFalse();
    assertThat(inTransaction(() -> store().put(key, bytes))).isTrue();
    assertThat(read(key, 0, bytes.length)).isEqualTo(bytes);
  }

  @Test
  void deletes_an_object_whole_and_takes_it_again() throws Exception {
    long repository = newRepository();
    byte[] bytes = bytes(3 * SLICE);
    ObjectKey key = stored(repository, bytes);
    byte[] other = bytes(500);
    ObjectKey stays = stored(repository, other);
    ObjectKey elsewhere = new ObjectKey(newRepository(), key.name());
    inTransaction(() -> store().put(elsewhere, bytes));
    assertThat(inTransaction(() -> store().delete(key))).isTrue();
    assertThat(inTransaction(() -> store().delete(key))).isFalse();
    assertThat(store().exists(key)).isFalse();
    assertThat(store().size(key)).isEmpty();
    assertThat(store().open(key, 0, 0)).isEmpty();
    assertThat(read(stays, 0, 500)).isEqualTo(other);
    assertThat(read(elsewhere, 0, bytes.length)).isEqualTo(bytes);
    assertThat(inTransaction(() -> store().put(key, bytes))).isTrue();
    assertThat(read(key, 0, bytes.length)).isEqualTo(bytes);
  }

  @Test
  void keeps_an_object_whose_deletion_is_rolled_back() throws Exception {
    byte[] bytes = bytes(SLICE + 5);
    ObjectKey key = stored(newRepository(), bytes);
    try {
      inTransaction(
          () -> {
            store().delete(key);
            throw new Rollback();
          });
    } catch (Rollback expected) {
      assertThat(expected).isNotNull();
    }
    assertThat(read(key, 0, bytes.length)).isEqualTo(bytes);
  }

  @Test
  void a_reader_of_an_object_that_is_deleted_meanwhile_gets_no_other_bytes() throws Exception {
    byte[] bytes = bytes(3 * SLICE);
    ObjectKey key = stored(newRepository(), bytes);
    try (InputStream in = store().open(key, 0, bytes.length).orElseThrow()) {
      byte[] first = in.readNBytes(SLICE);
      assertThat(first).isEqualTo(java.util.Arrays.copyOf(bytes, SLICE));
      inTransaction(() -> store().delete(key));
      try {
        assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, SLICE, bytes.length));
      } catch (IOException erased) {
        assertThat(store().exists(key)).isFalse();
      }
    }
  }

  @Test
  void lets_one_of_many_concurrent_puts_store_the_object() throws Exception {
    byte[] bytes = bytes(200_000);
    ObjectKey key = key(newRepository(), bytes);
    int senders = 8;
    CountDownLatch ready = new CountDownLatch(senders);
    List<Future<Boolean>> puts = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(senders)) {
      for (int i = 0; i < senders; i++) {
        puts.add(
            pool.submit(
                () -> {
                  ready.countDown();
                  assertThat(ready.await(2, TimeUnit.MINUTES)).isTrue();
                  return inTransaction(() -> store().put(key, bytes));
                }));
      }
    }
    int stored = 0;
    for (Future<Boolean> put : puts) {
      stored += put.get() ? 1 : 0;
    }
    assertThat(stored).isEqualTo(1);
    assertThat(read(key, 0, bytes.length)).isEqualTo(bytes);
  }

  @Test
  void stores_the_object_when_the_concurrent_put_it_waited_for_is_rolled_back() throws Exception {
    byte[] bytes = bytes(50_000);
    ObjectKey key = key(newRepository(), bytes);
    CountDownLatch firstHasPut = new CountDownLatch(1);
    CountDownLatch secondHasStarted = new CountDownLatch(1);
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      Future<Boolean> first =
          pool.submit(
              () ->
                  inTransaction(
                      () -> {
                        store().put(key, bytes);
                        firstHasPut.countDown();
                        assertThat(secondHasStarted.await(2, TimeUnit.MINUTES)).isTrue();
                        throw new Rollback();
                      }));
      assertThat(firstHasPut.await(2, TimeUnit.MINUTES)).isTrue();
      Future<Boolean> second =
          pool.submit(
              () ->
                  inTransaction(
                      () -> {
                        secondHasStarted.countDown();
                        return store().put(key, bytes);
                      }));
      assertThat(first).failsWithin(java.time.Duration.ofMinutes(2));
      assertThat(second.get()).isTrue();
    }
    assertThat(read(key, 0, bytes.length)).isEqualTo(bytes);
  }

  /** Cuts or empties what lies under a key, or takes all of it away, as a failing disk would. */
  abstract void harm(ObjectKey key, DiskDamage harm) throws Exception;

  /** What a disk does. */
  enum DiskDamage {
    FLIPPED,
    CUT,
    GONE
  }

  @EveryThirdRun
  @Test
  void digests_what_there_is_at_every_size_around_its_slices() throws Exception {
    long repository = newRepository();
    for (int length : new int[] {0, 1, 8120, 8121, SLICE - 1, SLICE, SLICE + 1, 3 * SLICE}) {
      byte[] bytes = bytes(length);
      ObjectKey key = stored(repository, bytes);
      assertThat(store().digest(key)).contains(new StoredDigest(length, key.name()));
    }
    assertThat(store().digest(new ObjectKey(repository, Hash256.ZERO))).isEmpty();
  }

  @Test
  void digests_what_rotted_as_it_is() throws Exception {
    long repository = newRepository();
    for (DiskDamage harm : DiskDamage.values()) {
      ObjectKey key = stored(repository, bytes(2 * SLICE + 5));
      harm(key, harm);
      Optional<StoredDigest> digest = store().digest(key);
      if (harm == DiskDamage.GONE) {
        assertThat(digest).isEmpty();
        assertThat(store().size(key)).isEmpty();
      } else {
        assertThat(digest.orElseThrow().hash()).isNotEqualTo(key.name());
        byte[] left = read(key, 0, store().size(key).orElseThrow());
        assertThat(digest).contains(new StoredDigest(left.length, Hash256.sha256(left)));
      }
    }
  }

  @Test
  void replaces_whatever_there_is_or_is_not() throws Exception {
    long repository = newRepository();
    for (DiskDamage harm : DiskDamage.values()) {
      byte[] bytes = bytes(SLICE + 9);
      ObjectKey key = stored(repository, bytes);
      harm(key, harm);
      inTransaction(
          () -> {
            store().replace(key, bytes);
            return true;
          });
      assertThat(store().digest(key)).contains(new StoredDigest(bytes.length, key.name()));
      assertThat(read(key, 0, bytes.length)).isEqualTo(bytes);
      harm(key, harm);
      inTransaction(
          () -> {
            store().replace(key, bytes.length, in(bytes));
            return true;
          });
      assertThat(store().digest(key)).contains(new StoredDigest(bytes.length, key.name()));
    }
  }

  @Test
  void keeps_what_there_was_when_replacing_it_is_rolled_back() throws Exception {
    byte[] bytes = bytes(5000);
    ObjectKey key = stored(newRepository(), bytes);
    try {
      inTransaction(
          () -> {
            store().replace(key, bytes(7));
            throw new Rollback();
          });
    } catch (Rollback expected) {
      assertThat(expected).isNotNull();
    }
    assertThat(read(key, 0, 5000)).isEqualTo(bytes);
  }
}
