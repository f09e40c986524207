package org.hikae.device.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.pack.PackUploader;
import org.hikae.device.backup.pack.Pipeline;
import org.hikae.device.files.Fd;
import org.hikae.device.files.NastyTree;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.TreeReader;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.manifest.TreeWriter;
import org.hikae.device.run.Progress;
import org.hikae.device.snapshot.OpenSnapshot;
import org.hikae.device.store.InMemoryStore;
import org.hikae.device.store.SnapshotStore;
import org.hikae.device.store.StoreException;
import org.hikae.hk1.Hash256;
import org.hikae.testing.Full;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole runs whose stages overlap: the result is that of one thread, and every end is orderly. */
@Timeout(120)
class OverlappingTest {

  private TemporaryTree tree;

  @BeforeEach
  void open() throws Exception {
    tree = TemporaryTree.apart();
    NastyTree maker = new NastyTree(tree.files(), 21);
    try (Fd source = tree.makeDirectory("source")) {
      maker.fill(source);
      byte[] repeated = maker.bytes(3_000_000);
      for (int i = 0; i < 20; i++) {
        maker.file(source, NastyTree.name("noise " + i), maker.bytes(4_000_000));
        maker.file(source, NastyTree.name("again " + i), repeated);
        maker.file(source, NastyTree.name("short " + i), maker.bytes(i));
      }
    }
  }

  @AfterEach
  void close() throws Exception {
    tree.close();
    assertThat(BackupThreads.left()).isEmpty();
  }

  /** Draws the same bytes in each run. */
  private static final class Repeatable extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final Random random = new Random(5);

    @Override
    public void nextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }
  }

  @Test
  void packs_and_manifest_are_the_same_whatever_the_number_of_workers() throws Exception {
    Clock clock = Clock.fixed(Instant.now().plus(Duration.ofMinutes(1)), ZoneOffset.UTC);
    Map<Integer, List<Object>> made = new TreeMap<>();
    for (int workers : new int[] {1, 2, 3, 8}) {
      InMemoryStore store = new InMemoryStore(Bench.DEVICE);
      SecureRandom random = new Repeatable();
      List<Object> contents = new ArrayList<>();
      try (BackupKey key = BackupKey.generate(Bench.SET, 1, random)) {
        Backup backup = new Backup(store, key, Bench.DEVICE, null, clock, random, workers);
        for (int i = 0; i < 2; i++) {
          BackupResult result = backup.run(Bench.request(tree.path("source")), Progress.NONE);
          contents.addAll(source(store, key, result.snapshot()));
        }
      }
      made.put(workers, contents);
    }
    assertThat(made.values()).allMatch(each -> each.equals(made.get(1)));
    assertThat(made.get(1).stream().distinct().count()).isGreaterThan(6);
  }

  /**
   * The manifest of the source, hashed, and the names of its packs in the order of their use. What
   * is above the source is in the manifest too, but others change it while the test runs.
   */
  private static List<Object> source(InMemoryStore store, BackupKey key, SnapshotView view)
      throws Exception {
    ByteArrayOutputStream manifest = new ByteArrayOutputStream();
    TreeWriter<RuntimeException> out = new TreeWriter<>(manifest::writeBytes);
    List<Object> found = new ArrayList<>();
    try (OpenSnapshot snapshot = OpenSnapshot.open(store, key, view)) {
      TreeReader<StoreException> in = snapshot.tree();
      int depth = 0;
      for (TreeRecord record = in.next(); !(record instanceof TreeRecord.End); record = in.next()) {
        boolean begins =
            record instanceof TreeRecord.Enter enter
                && Arrays.compare(enter.name(), NastyTree.name("source")) == 0;
        if (depth > 0 || begins) {
          out.write(record);
          depth += record instanceof TreeRecord.Enter ? 1 : 0;
          depth -= record instanceof TreeRecord.Leave ? 1 : 0;
          if (record instanceof TreeRecord.Data data) {
            for (ChunkRef ref : data.chunks()) {
              found.add(snapshot.packs().name(ref.pack()));
            }
          }
        }
      }
    }
    found.add(Hash256.sha256(manifest.toByteArray()));
    return found;
  }

  /** A store that does not get on with any object until it is told to. */
  private static final class StuckStore implements SnapshotStore {
    private final InMemoryStore inner = new InMemoryStore(Bench.DEVICE);
    private final CountDownLatch puts = new CountDownLatch(PackUploader.IN_FLIGHT);

    @Override
    public void put(Hash256 name, byte[] object) throws StoreException {
      puts.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new StoreException(RunResult.CANCELLED, "interrupted", e);
      }
    }

    @Override
    public Set<Hash256> missing(Collection<Hash256> names) {
      return inner.missing(names);
    }

    @Override
    public byte[] get(Hash256 name) throws StoreException {
      return inner.get(name);
    }

    @Override
    public byte[] getBuckets(Hash256 name, int first, int count) throws StoreException {
      return inner.getBuckets(name, first, count);
    }

    @Override
    public SnapshotView commit(CommitSnapshot snapshot) throws StoreException {
      return inner.commit(snapshot);
    }

    @Override
    public SnapshotPage snapshots(String device, String after, int limit) {
      return inner.snapshots(device, after, limit);
    }

    @Override
    public List<Hash256> objects(String snapshotId) throws StoreException {
      return inner.objects(snapshotId);
    }
  }

  private BackupResult backUpTo(SnapshotStore store, Progress progress) throws Exception {
    SecureRandom random = new SecureRandom();
    try (BackupKey key = BackupKey.generate(Bench.SET, 1, random)) {
      return new Backup(store, key, Bench.DEVICE, null, Clock.systemUTC(), random)
          .run(Bench.request(tree.path("source")), progress);
    }
  }

  @Test
  void a_run_is_cancelled_while_the_store_is_stuck_and_all_queues_are_full() throws Exception {
    StuckStore store = new StuckStore();
    Progress cancelling =
        new Progress() {
          @Override
          public boolean cancelled() {
            // Only while the walk waits: then everything before the store is full.
            return store.puts.getCount() == 0 && waitsForRoom();
          }
        };
    assertThat(backUpTo(store, cancelling).result()).isEqualTo(RunResult.CANCELLED);
    assertThat(store.inner.committed()).isEmpty();
  }

  private static boolean waitsForRoom() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames.anyMatch(frame -> frame.getClassName().equals(Pipeline.class.getName())));
  }

  @Test
  void a_run_is_interrupted_while_the_store_is_stuck() throws Exception {
    StuckStore store = new StuckStore();
    Thread running = Thread.currentThread();
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread interrupting =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    store.puts.await();
                    interrupted.set(true);
                    running.interrupt();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    assertThat(backUpTo(store, Progress.NONE).result()).isEqualTo(RunResult.CANCELLED);
    assertThat(Thread.interrupted()).isTrue();
    interrupting.join();
    assertThat(interrupted).isTrue();
  }

  @Full
  @Test
  void a_store_that_fails_at_any_object_ends_the_run_with_its_failure() throws Exception {
    int failAfter = 0;
    while (true) {
      InMemoryStore store = new InMemoryStore(Bench.DEVICE);
      store.failPutsAfter(failAfter);
      try {
        assertThat(backUpTo(store, Progress.NONE).result()).isEqualTo(RunResult.SUCCESS);
        break;
      } catch (StoreException e) {
        assertThat(e.result()).isEqualTo(RunResult.NETWORK);
        assertThat(store.committed()).isEmpty();
        assertThat(BackupThreads.left()).isEmpty();
        failAfter++;
      }
    }
    assertThat(failAfter).isGreaterThan(6);
  }

  @Test
  void a_defect_of_the_store_is_not_taken_for_success() {
    SnapshotStore defective = new StuckStore();
    Progress failing =
        new Progress() {
          @Override
          public void advanced(long files, long plainBytes) {
            throw new IllegalStateException("a defect of the walk");
          }
        };
    assertThatThrownBy(() -> backUpTo(defective, failing)).hasMessage("a defect of the walk");
  }
}
