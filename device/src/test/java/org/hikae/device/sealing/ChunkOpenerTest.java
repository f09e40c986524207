package org.hikae.device.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.sealing.PackWriter.SealedPack;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.Test;

/** HK1-C-04: one opener, and threads that have one each. */
class ChunkOpenerTest {

  private final SecureRandom random = new SecureRandom();
  private final BackupKey secret = BackupKey.generate(new byte[16], 1, random);
  private final SecretBytes key = secret.subkey(Subkey.PACK);
  private final ChunkIdHasher ids = new ChunkIdHasher(secret.subkey(Subkey.CHUNK_ID));
  private final SealContext context = new SealContext(new byte[16], 1, new byte[16]);

  private SealedPack pack(byte[]... chunks) {
    PackWriter writer = new PackWriter(key, context, random);
    for (byte[] chunk : chunks) {
      PackEntry _ = writer.add(ids.of(chunk, 0, chunk.length), chunk, 0, chunk.length);
    }
    return writer.finish();
  }

  @Test
  void every_chunk_of_a_pack_is_checked_one_after_the_other() throws Exception {
    byte[] noise = new byte[ChunkFrame.MAX_RAW_BYTES];
    new Random(1).nextBytes(noise);
    byte[] object = pack(new byte[300], noise, new byte[301], new byte[] {1}).object();
    PackReader reader = PackReader.open(key, context, object);
    PackBytes whole = new PackBytes(reader, object, 0, true);
    List<PackReader.Listed> listed = whole.directory();
    try (ChunkOpener opener = new ChunkOpener(secret)) {
      for (int i = 0; i < listed.size(); i++) {
        int length = new int[] {300, noise.length, 301, 1}[i];
        assertThat(opener.check(whole, listed.get(i))).isEqualTo(length);
      }
      PackReader.Listed wrong = new PackReader.Listed(Hash256.ZERO, listed.getFirst().entry());
      assertThatThrownBy(() -> opener.check(whole, wrong))
          .isInstanceOf(DamagedDataException.class)
          .hasMessageContaining("not the one");
    }
  }

  @Test
  void what_follows_a_pack_in_its_array_is_no_part_of_it() throws Exception {
    byte[] chunk = {7, 8, 9};
    byte[] object = pack(new byte[300], chunk).object();
    byte[] longer = Arrays.copyOf(object, object.length + 1000);
    PackReader reader = PackReader.open(key, context, longer);
    PackBytes pack = new PackBytes(reader, longer, 0, object.length, true);
    PackReader.Listed second = pack.directory().get(1);
    byte[] buffer = new byte[10];
    try (ChunkOpener opener = new ChunkOpener(secret)) {
      ChunkContent opened =
          opener.open(pack, second.entry(), second.chunkId(), 3, length -> buffer);
      assertThat(opened.bytes()).isSameAs(buffer);
      assertThat(plain(opened)).isEqualTo(chunk);
      PackEntry beyond = new PackEntry(2, object.length - 10, AesGcm.TAG_BYTES);
      assertThatThrownBy(() -> opener.checkHead(pack, beyond))
          .isInstanceOf(DamagedDataException.class)
          .hasMessageContaining("outside its pack");
    }
  }

  private static byte[] plain(ChunkContent opened) {
    return Arrays.copyOfRange(opened.bytes(), opened.offset(), opened.offset() + opened.length());
  }

  @Test
  void what_is_not_compressed_stays_where_it_was_decrypted_and_is_checked_there() throws Exception {
    byte[] noise = new byte[70_000];
    new Random(2).nextBytes(noise);
    byte[] object = pack(noise).object();
    PackReader reader = PackReader.open(key, context, object);
    PackReader.Listed listed = reader.directory(object).getFirst();
    PackBytes unnamed = new PackBytes(reader, object, 0, false);
    byte[] altered = object.clone();
    altered[listed.entry().offset() + 40_000] ^= 1;
    PackBytes damaged = new PackBytes(reader, altered, 0, true);
    byte[] buffer = new byte[ChunkFrame.HEADER_BYTES + noise.length];
    try (ChunkOpener opener = new ChunkOpener(secret)) {
      ChunkContent opened =
          opener.open(unnamed, listed.entry(), listed.chunkId(), noise.length, length -> buffer);
      assertThat(opened.bytes()).isSameAs(buffer);
      assertThat(opened.offset()).as("behind its head").isEqualTo(ChunkFrame.HEADER_BYTES);
      assertThat(plain(opened)).isEqualTo(noise);
      assertThatThrownBy(
              () -> opener.open(unnamed, listed.entry(), Hash256.ZERO, noise.length, byte[]::new))
          .isInstanceOf(DamagedDataException.class)
          .hasMessageContaining("not the one");
      assertThatThrownBy(
              () ->
                  opener.open(damaged, listed.entry(), listed.chunkId(), noise.length, byte[]::new))
          .isInstanceOf(DamagedDataException.class)
          .hasMessageContaining("altered");
    }
  }

  @Test
  void a_frame_as_long_as_its_chunk_may_be_compressed() throws Exception {
    byte[] chunk = new byte[5000];
    new Random(3).nextBytes(chunk);
    Arrays.fill(chunk, 0, 1000, (byte) 0);
    byte[] packed = Zstd.compress(chunk);
    int skipped = chunk.length - packed.length - 2 * Integer.BYTES;
    byte[] frame =
        ByteBuffer.allocate(ChunkFrame.HEADER_BYTES + chunk.length)
            .put(ChunkFrame.ZSTD)
            .putInt(chunk.length)
            .put(packed)
            // A frame of zstd that is passed over (RFC 8878, 3.1.2).
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(0x184D2A50)
            .putInt(skipped)
            .array();
    Hash256 id = ids.of(chunk, 0, chunk.length);
    PackWriter writer = new PackWriter(key, context, random);
    PackEntry entry = writer.add(id, new ChunkFrameBytes(frame, 0, frame.length));
    byte[] object = writer.finish().object();
    PackBytes pack = new PackBytes(PackReader.open(key, context, object), object, 0, false);
    try (ChunkOpener opener = new ChunkOpener(secret)) {
      assertThat(opener.open(pack, entry, id, chunk.length)).isEqualTo(chunk);
      assertThat(plain(opener.open(pack, entry, id, chunk.length, byte[]::new))).isEqualTo(chunk);
    }
  }

  @Test
  void bytes_of_two_packs_are_the_same_when_their_array_is() throws Exception {
    byte[] object = pack(new byte[3]).object();
    PackReader reader = PackReader.open(key, context, object);
    PackBytes pack = new PackBytes(reader, object, 0, true);
    assertThat(pack.hasBytesOf(pack.doubted())).isTrue();
    assertThat(pack.hasBytesOf(new PackBytes(reader, object.clone(), 0, true))).isFalse();
  }

  @Test
  void a_compressed_chunk_takes_one_array_of_its_own_length() throws Exception {
    byte[] object = pack(new byte[300]).object();
    PackReader reader = PackReader.open(key, context, object);
    PackReader.Listed listed = reader.directory(object).getFirst();
    PackBytes pack = new PackBytes(reader, object, 0, false);
    List<Integer> asked = new ArrayList<>();
    try (ChunkOpener opener = new ChunkOpener(secret)) {
      ChunkContent opened =
          opener.open(
              pack,
              listed.entry(),
              listed.chunkId(),
              300,
              length -> {
                asked.add(length);
                return new byte[length];
              });
      assertThat(plain(opened)).isEqualTo(new byte[300]);
    }
    assertThat(asked).containsExactly(300);
  }

  @Test
  void a_frame_of_the_right_size_that_says_another_length_is_refused() throws Exception {
    for (byte codec : new byte[] {ChunkFrame.RAW, ChunkFrame.ZSTD}) {
      for (int said : new int[] {2, 4}) {
        byte[] frame = {codec, 0, 0, 0, (byte) said, 7, 8, 9};
        PackWriter writer = new PackWriter(key, context, random);
        PackEntry entry = writer.add(Hash256.ZERO, new ChunkFrameBytes(frame, 0, frame.length));
        byte[] object = writer.finish().object();
        PackBytes pack = new PackBytes(PackReader.open(key, context, object), object, 0, true);
        try (ChunkOpener opener = new ChunkOpener(secret)) {
          assertThatThrownBy(() -> opener.open(pack, entry, Hash256.ZERO, 3, byte[]::new))
              .as("%d says %d", codec, said)
              .isInstanceOf(DamagedDataException.class)
              .hasMessageContaining("length");
        }
      }
    }
  }

  @Test
  void another_length_is_refused_as_one() throws Exception {
    byte[] chunk = new byte[300];
    byte[] object = pack(chunk).object();
    PackReader reader = PackReader.open(key, context, object);
    PackReader.Listed listed = reader.directory(object).getFirst();
    PackBytes pack = new PackBytes(reader, object, 0, true);
    try (ChunkOpener opener = new ChunkOpener(secret)) {
      for (int length : new int[] {299, 301}) {
        assertThatThrownBy(() -> opener.open(pack, listed.entry(), listed.chunkId(), length))
            .isInstanceOf(DamagedDataException.class)
            .hasMessageContaining("another length");
        assertThatThrownBy(
                () -> opener.open(pack, listed.entry(), listed.chunkId(), length, byte[]::new))
            .isInstanceOf(DamagedDataException.class)
            .hasMessageContaining("another length");
      }
    }
  }

  @Test
  void a_chunk_opens_from_the_part_of_its_pack_that_holds_it() throws Exception {
    byte[] chunk = {7, 8, 9};
    byte[] object = pack(new byte[300], chunk).object();
    PackReader reader = PackReader.open(key, context, object);
    PackReader.Listed second = reader.directory(object).get(1);
    PackEntry entry = second.entry();
    int from = entry.offset() - 5;
    byte[] part = Arrays.copyOfRange(object, from, entry.offset() + entry.sealedLength());
    PackBytes pack = new PackBytes(reader, part, from, false);
    try (ChunkOpener opener = new ChunkOpener(secret)) {
      assertThat(opener.open(pack, entry, second.chunkId(), chunk.length)).isEqualTo(chunk);
    }
  }

  @Test
  void threads_of_a_pool_have_an_opener_each_and_let_the_program_end() throws Exception {
    int count = Math.min(ChunkOpenerPool.MAX_THREADS, Runtime.getRuntime().availableProcessors());
    CountDownLatch all = new CountDownLatch(count);
    Set<ChunkOpener> openers = ConcurrentHashMap.newKeySet();
    Set<String> names = ConcurrentHashMap.newKeySet();
    AtomicBoolean daemons = new AtomicBoolean(true);
    ChunkOpenerPool pool = new ChunkOpenerPool(secret);
    for (int i = 0; i < count; i++) {
      pool.execute(
          opener -> {
            openers.add(opener);
            names.add(Thread.currentThread().getName());
            daemons.compareAndSet(true, Thread.currentThread().isDaemon());
            all.countDown();
            awaitQuietly(all);
          });
    }
    all.await();
    pool.close();

    assertThat(openers).hasSize(count);
    assertThat(names).hasSize(count).allMatch(name -> name.startsWith("hikae-open-"));
    assertThat(daemons).isTrue();
    assertThatThrownBy(() -> pool.execute(opener -> {}))
        .isInstanceOf(RejectedExecutionException.class);
    // An opener that is closed has given back what it held outside of the heap.
    byte[] object = pack(new byte[300]).object();
    PackReader reader = PackReader.open(key, context, object);
    PackBytes whole = new PackBytes(reader, object, 0, true);
    PackReader.Listed listed = whole.directory().getFirst();
    for (ChunkOpener opener : openers) {
      assertThatThrownBy(() -> opener.check(whole, listed))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void closing_a_pool_waits_for_what_is_being_done() throws Exception {
    ChunkOpenerPool pool = new ChunkOpenerPool(secret);
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean done = new AtomicBoolean();
    AtomicBoolean doneWhenClosed = new AtomicBoolean();
    AtomicReference<Thread> closer = new AtomicReference<>();
    closer.set(
        Thread.ofPlatform()
            .unstarted(
                () -> {
                  pool.close();
                  doneWhenClosed.set(done.get());
                }));
    pool.execute(
        opener -> {
          begun.countDown();
          // Until the other waits for this, or has not waited.
          while (!isWaitingOrOver(closer.get())) {
            Thread.onSpinWait();
          }
          done.set(true);
        });
    begun.await();
    closer.get().start();
    closer.get().join();

    assertThat(doneWhenClosed).isTrue();
  }

  private static boolean isWaitingOrOver(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING, TERMINATED -> true;
      default -> false;
    };
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
