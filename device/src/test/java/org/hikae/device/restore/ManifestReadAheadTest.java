package org.hikae.device.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.BackupFixture;
import org.hikae.device.backup.HostileSnapshot;
import org.hikae.device.files.EdgeCaseTree;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.files.TreeComparator;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.restore.fetch.ChunkPipeline;
import org.hikae.device.restore.fetch.ManifestReadAhead;
import org.hikae.device.restore.fetch.PackFetcher;
import org.hikae.device.restore.fetch.RestoreReport;
import org.hikae.device.restore.fetch.SealedSpool;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.sealing.ChunkContent;
import org.hikae.device.sealing.ChunkIdHasher;
import org.hikae.device.sealing.ChunkOpenerPool;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.InstrumentedBackupStore;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a restore fetches, and that none of its threads outlives it. */
@EveryThirdRun
class ManifestReadAheadTest {

  private TemporaryTree tree;
  private BackupFixture backupFixture;
  private InstrumentedBackupStore store;
  private SnapshotView snapshot;

  @BeforeEach
  void open() throws Exception {
    tree = new TemporaryTree();
    backupFixture = new BackupFixture();
    store = new InstrumentedBackupStore(backupFixture.store());
    EdgeCaseTree maker = new EdgeCaseTree(tree.files(), 5);
    try (FileHandle source = tree.makeDirectory("source");
        FileHandle small = tree.makeDirectory("source/small")) {
      for (char name = 'a'; name <= 'f'; name++) {
        maker.file(source, EdgeCaseTree.name("file " + name), maker.bytes(7_000_000));
      }
      for (int i = 0; i < 500; i++) {
        maker.file(small, EdgeCaseTree.name("file " + i), maker.bytes(1 + i * 20));
      }
    }
    snapshot = backupFixture.backUp(tree.path("source")).snapshot();
  }

  @AfterEach
  void close() throws Exception {
    assertThat(InstrumentedBackupStore.threads()).isEmpty();
    backupFixture.close();
    tree.close();
  }

  private RestoreResult restore(String selection, ProgressListener progress) throws Exception {
    return new Restore(store, backupFixture.key())
        .run(
            new RestoreRequest(
                snapshot, tree.path(selection), tree.path("target"), OverwriteMode.REFUSE),
            progress);
  }

  private Set<Hash256> dataPacks() throws Exception {
    Set<Hash256> packs = new TreeSet<>(backupFixture.store().objects(snapshot.snapshotId()));
    try (OpenedSnapshot open =
        OpenedSnapshot.open(backupFixture.store(), backupFixture.key(), snapshot)) {
      packs.removeAll(open.root().manifestPacks());
    }
    return packs;
  }

  private void assertSame() throws Exception {
    TreeComparator.assertEqual(tree.path("source"), tree.path("target"));
  }

  @Test
  void a_whole_tree_fetches_each_pack_once() throws Exception {
    assertThat(restore("source", ProgressListener.NONE).result()).isEqualTo(RunResult.SUCCESS);
    assertSame();
    Set<Hash256> packs = dataPacks();
    assertThat(packs).hasSizeGreaterThan(4);
    for (Hash256 pack : packs) {
      assertThat(store.gets().getOrDefault(pack, 0)).isLessThan(2);
      assertThat(store.ranges().getOrDefault(pack, 0)).isLessThan(3);
    }
  }

  @Test
  void the_array_of_a_chunk_is_the_readers_until_the_next_call() throws Exception {
    try (OpenedSnapshot open = OpenedSnapshot.open(store, backupFixture.key(), snapshot);
        SealedSpool spool = new SealedSpool(RawFiles::open, tree.path("target"));
        PackFetcher fetcher = new PackFetcher(store, backupFixture.key(), open.context());
        ChunkOpenerPool pool = new ChunkOpenerPool(backupFixture.key());
        ChunkPipeline chunks =
            new ChunkPipeline(
                open, fetcher, spool, pool, new RestoreReport(ProgressListener.NONE))) {
      ChunkIdHasher ids = new ChunkIdHasher(backupFixture.key().subkey(Subkey.CHUNK_ID));
      ManifestReadAhead records = new ManifestReadAhead(open.tree()::next, chunks, contents -> {});
      Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
      int pooled = 0;
      for (ManifestRecord record = records.next();
          !(record instanceof ManifestRecord.End);
          record = records.next()) {
        for (ChunkRef ref :
            record instanceof ManifestRecord.Data data ? data.chunks() : List.<ChunkRef>of()) {
          ChunkContent chunk = records.chunk();
          assertThat(chunk.length()).isEqualTo(ref.length());
          awaitIdle(pool);
          assertThat(ids.of(chunk.bytes(), chunk.offset(), chunk.length()))
              .isEqualTo(ref.chunkId());
          pooled += chunk.length() < 64 * 1024 ? 0 : 1;
          arrays.add(chunk.length() < 64 * 1024 ? new byte[0] : chunk.bytes());
        }
      }
      arrays.removeIf(array -> array.length == 0);
      assertThat(arrays).hasSizeLessThan(pooled);
    }
  }

  /** Returns when all that was handed to the pool so far is done. */
  private static void awaitIdle(ChunkOpenerPool pool) throws InterruptedException {
    int threads = Math.min(ChunkOpenerPool.MAX_THREADS, Runtime.getRuntime().availableProcessors());
    CountDownLatch all = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      pool.execute(
          opener -> {
            all.countDown();
            try {
              all.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    all.await();
  }

  @Test
  void small_files_that_lie_together_come_in_one_part() throws Exception {
    try (FileHandle few = tree.makeDirectory("few")) {
      EdgeCaseTree maker = new EdgeCaseTree(tree.files(), 8);
      for (int i = 0; i < 40; i++) {
        maker.file(few, EdgeCaseTree.name("file " + i), maker.bytes(5000));
      }
      maker.file(few, EdgeCaseTree.name("large"), maker.bytes(7_000_000));
    }
    snapshot = backupFixture.backUp(tree.path("few")).snapshot();
    Files.createDirectory(tree.place().resolve("few/nothing"));
    snapshot = backupFixture.backUp(tree.path("few")).snapshot();
    Files.delete(tree.place().resolve("few/large"));
    snapshot = backupFixture.backUp(tree.path("few")).snapshot();
    assertThat(restore("few", ProgressListener.NONE).result()).isEqualTo(RunResult.SUCCESS);
    assertThat(dataPacks()).hasSize(1);
    Hash256 pack = dataPacks().iterator().next();
    assertThat(store.gets()).doesNotContainKey(pack);
    assertThat(store.ranges().get(pack)).isBetween(1, 2);
  }

  @Test
  void transfers_that_are_damaged_once_are_made_again() throws Exception {
    Set<Hash256> flipped = ConcurrentHashMap.newKeySet();
    Set<Hash256> packs = dataPacks();
    store.reading(
        (name, object) -> {
          if (packs.contains(name) && object.length > 200 && flipped.add(name)) {
            object[object.length / 2] ^= 1;
          }
          return object;
        });
    assertThat(restore("source", ProgressListener.NONE).result()).isEqualTo(RunResult.SUCCESS);
    assertSame();
    assertThat(flipped).isEqualTo(packs);
  }

  @Test
  void parts_that_are_damaged_or_cut_are_made_good_by_the_whole() throws Exception {
    AtomicInteger parts = new AtomicInteger();
    Set<Hash256> packs = dataPacks();
    store.reading(
        (name, object) -> {
          boolean part = object.length < backupFixture.store().objects().get(name).length;
          if (!part || !packs.contains(name)) {
            return object;
          }
          if (parts.incrementAndGet() % 2 == 0) {
            return new byte[Math.min(10, object.length)];
          }
          object[object.length - 1] ^= 1;
          return object;
        });
    assertThat(restore("source/small/file 100", ProgressListener.NONE).result())
        .isEqualTo(RunResult.SUCCESS);
    assertThat(parts.get()).isPositive();
    assertThat(store.gets()).hasSizeGreaterThan(1);
  }

  @Test
  void a_store_that_fails_ends_the_restore_and_its_threads() throws Exception {
    Set<Hash256> packs = dataPacks();
    for (int good : new int[] {0, 1, 2, 4}) {
      AtomicInteger reads = new AtomicInteger();
      store.reading(
          (name, object) -> {
            if (packs.contains(name) && reads.incrementAndGet() > good) {
              throw new BackupStoreException(RunResult.NETWORK, "no connection", null);
            }
            return object;
          });
      assertThatThrownBy(() -> restore("source", ProgressListener.NONE))
          .isInstanceOfSatisfying(
              BackupStoreException.class, e -> assertThat(e.result()).isEqualTo(RunResult.NETWORK));
      assertThat(InstrumentedBackupStore.threads()).isEmpty();
      empty(tree.place().resolve("target"));
    }
  }

  private static void empty(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      for (Path each : files.toList()) {
        if (Files.isDirectory(each)) {
          empty(each);
        }
        Files.delete(each);
      }
    }
  }

  @Test
  void a_defect_in_a_thread_ends_the_restore() throws Exception {
    Set<Hash256> packs = dataPacks();
    store.reading(
        (name, object) -> {
          if (packs.contains(name)) {
            throw new OutOfMemoryError("planted");
          }
          return object;
        });
    assertThatThrownBy(() -> restore("source", ProgressListener.NONE))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_restore_that_is_cancelled_while_it_waits_for_the_network_ends() throws Exception {
    Set<Hash256> packs = dataPacks();
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean waits = new AtomicBoolean();
    store.reading(
        (name, object) -> {
          if (packs.contains(name)) {
            waits.set(true);
            try {
              never.await();
            } catch (InterruptedException e) {
              throw new BackupStoreException(RunResult.CANCELLED, "interrupted", e);
            }
          }
          return object;
        });
    RestoreResult result =
        restore(
            "source",
            new ProgressListener() {
              @Override
              public boolean cancelled() {
                return waits.get();
              }
            });
    assertThat(result.result()).isEqualTo(RunResult.CANCELLED);
  }

  @Test
  void files_that_cannot_be_written_do_not_stop_the_others() throws Exception {
    Path target = Files.createDirectories(tree.place().resolve("target"));
    for (char name = 'a'; name <= 'f'; name++) {
      Files.createDirectories(target.resolve("file " + name));
    }
    RestoreResult result =
        new Restore(store, backupFixture.key())
            .run(
                new RestoreRequest(
                    snapshot, tree.path("source"), tree.path("target"), OverwriteMode.ALWAYS),
                ProgressListener.NONE);
    assertThat(result.result()).isEqualTo(RunResult.PARTIAL);
    assertThat(result.tally().files()).isEqualTo(500);
  }

  /** A file of 60 packs, each of one chunk of 4 MiB that compresses to nothing. */
  private SnapshotView hollow(List<Hash256> packs) throws Exception {
    ChunkIdHasher ids = new ChunkIdHasher(backupFixture.key().subkey(Subkey.CHUNK_ID));
    List<ChunkRef> refs = new ArrayList<>();
    for (int number = 0; number < 60; number++) {
      byte[] chunk = new byte[ChunkRef.MAX_LENGTH];
      chunk[0] = (byte) number;
      Hash256 id = ids.of(chunk, 0, chunk.length);
      HostileSnapshot.StoredPack stored =
          HostileSnapshot.store(backupFixture, number, List.of(chunk), List.of(id));
      packs.add(stored.pack());
      refs.add(stored.ref());
    }
    EntryMetadata meta =
        new EntryMetadata(0600, 0, 0, new FileTime(1, 0), new FileTime(1, 0), 1, List.of());
    return HostileSnapshot.commit(
        backupFixture,
        packs,
        out -> {
          out.enter(new ManifestRecord.Enter(new byte[0], meta, false));
          out.file(new ManifestRecord.FileStart(EdgeCaseTree.name("hollow"), meta, 0, 1, 1));
          for (ChunkRef ref : refs) {
            out.chunk(ref);
          }
          out.fileEnd(ManifestRecord.FileEnd.State.WHOLE);
          out.leave();
          out.end();
        });
  }

  @Test
  void what_is_not_written_is_fetched_no_further_than_was_read_ahead() throws Exception {
    List<Hash256> packs = new ArrayList<>();
    SnapshotView view = hollow(packs);
    int ahead = Math.toIntExact(ManifestReadAhead.MAX_BYTES / ChunkRef.MAX_LENGTH) + 1;
    Files.createDirectories(tree.place().resolve("target/hollow"));
    RestoreRequest request =
        new RestoreRequest(view, RawPath.ROOT, tree.path("target"), OverwriteMode.ALWAYS);
    Restore restore = new Restore(store, backupFixture.key());
    assertThat(restore.run(request, ProgressListener.NONE).result()).isEqualTo(RunResult.PARTIAL);
    store.ranges().keySet().retainAll(packs);
    assertThat(store.ranges().keySet()).hasSizeLessThanOrEqualTo(ahead);

    Files.delete(tree.place().resolve("target/hollow"));
    assertThat(restore.run(request, ProgressListener.NONE).result()).isEqualTo(RunResult.SUCCESS);
    assertThat(Files.size(tree.place().resolve("target/hollow"))).isEqualTo(60L << 22);
    store.ranges().keySet().retainAll(packs);
    assertThat(store.ranges()).hasSize(60);
    store.ranges().clear();

    backupFixture.store().objects().remove(packs.getFirst());
    assertThat(restore.run(request, ProgressListener.NONE).result()).isEqualTo(RunResult.CORRUPT);
    store.ranges().keySet().retainAll(packs);
    assertThat(store.ranges().keySet()).hasSizeLessThanOrEqualTo(ahead + 1);
    assertThat(tree.place().resolve("target/hollow")).as("as before").hasSize(60L << 22);
    assertThat(tree.place().resolve("target")).isDirectoryNotContaining("glob:**.hikae*");
  }

  @Test
  void counts_are_of_what_was_received() throws Exception {
    AtomicLong given = new AtomicLong();
    store.reading(
        (name, bytes) -> {
          // All but the root, which is no pack.
          given.addAndGet(name.hex().equals(snapshot.root()) ? 0 : bytes.length);
          return bytes;
        });
    RestoreResult result = restore("source/small/file 499", ProgressListener.NONE);
    assertThat(result.tally().bytesReceived()).isEqualTo(given.get()).isGreaterThan(9_000L);
    Map<Hash256, Integer> gets = store.gets();
    gets.keySet().retainAll(dataPacks());
    assertThat(gets).isEmpty();
  }
}
