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
import org.hikae.device.backup.pack.BackupPipeline;
import org.hikae.device.backup.pack.PackUploader;
import org.hikae.device.files.EdgeCaseTree;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.ManifestReader;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestWriter;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.InMemoryBackupStore;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole runs whose stages overlap: the result is that of one thread, and every end is orderly. */
@Timeout(120)
@EveryThirdRun
class ConcurrentStagesTest {

  private TemporaryTree tree;

  @BeforeEach
  void open() throws Exception {
    tree = TemporaryTree.apart();
    EdgeCaseTree maker = new EdgeCaseTree(tree.files(), 21);
    try (FileHandle source = tree.makeDirectory("source")) {
      maker.fill(source);
      byte[] repeated = maker.bytes(3_000_000);
      for (int i = 0; i < 20; i++) {
        maker.file(source, EdgeCaseTree.name("noise " + i), maker.bytes(4_000_000));
        maker.file(source, EdgeCaseTree.name("again " + i), repeated);
        maker.file(source, EdgeCaseTree.name("short " + i), maker.bytes(i));
      }
    }
  }

  @AfterEach
  void close() throws Exception {
    tree.close();
    assertThat(BackupThreadProbe.left()).isEmpty();
  }

  /** Draws the same bytes in each run. */
  private static final class SeededRandom extends SecureRandom {
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
      InMemoryBackupStore store = new InMemoryBackupStore(BackupFixture.DEVICE);
      SecureRandom random = new SeededRandom();
      List<Object> contents = new ArrayList<>();
      try (BackupKey key = BackupKey.generate(BackupFixture.SET, 1, random)) {
        Backup backup = new Backup(store, key, BackupFixture.DEVICE, null, clock, random, workers);
        for (int i = 0; i < 2; i++) {
          BackupResult result =
              backup.run(BackupFixture.request(tree.path("source")), ProgressListener.NONE);
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
  private static List<Object> source(InMemoryBackupStore store, BackupKey key, SnapshotView view)
      throws Exception {
    ByteArrayOutputStream manifest = new ByteArrayOutputStream();
    ManifestWriter<RuntimeException> out = new ManifestWriter<>(manifest::writeBytes);
    List<Object> found = new ArrayList<>();
    try (OpenedSnapshot snapshot = OpenedSnapshot.open(store, key, view)) {
      ManifestReader<BackupStoreException> in = snapshot.tree();
      int depth = 0;
      for (ManifestRecord record = in.next();
          !(record instanceof ManifestRecord.End);
          record = in.next()) {
        boolean begins =
            record instanceof ManifestRecord.Enter enter
                && Arrays.compare(enter.name(), EdgeCaseTree.name("source")) == 0;
        if (depth > 0 || begins) {
          out.write(record);
          depth += record instanceof ManifestRecord.Enter ? 1 : 0;
          depth -= record instanceof ManifestRecord.Leave ? 1 : 0;
          if (record instanceof ManifestRecord.Data data) {
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
  private static final class StuckStore implements BackupStore {
    private final InMemoryBackupStore inner = new InMemoryBackupStore(BackupFixture.DEVICE);
    private final CountDownLatch puts = new CountDownLatch(PackUploader.IN_FLIGHT);

    @Override
    public void put(Hash256 name, byte[] object) throws BackupStoreException {
      puts.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new BackupStoreException(RunResult.CANCELLED, "interrupted", e);
      }
    }

    @Override
    public Set<Hash256> missing(Collection<Hash256> names) {
      return inner.missing(names);
    }

    @Override
    public byte[] get(Hash256 name) throws BackupStoreException {
      return inner.get(name);
    }

    @Override
    public byte[] getBuckets(Hash256 name, int first, int count) throws BackupStoreException {
      return inner.getBuckets(name, first, count);
    }

    @Override
    public SnapshotView commit(CommitSnapshot snapshot) throws BackupStoreException {
      return inner.commit(snapshot);
    }

    @Override
    public SnapshotPage snapshots(String device, String after, int limit) {
      return inner.snapshots(device, after, limit);
    }

    @Override
    public List<Hash256> objects(String snapshotId) throws BackupStoreException {
      return inner.objects(snapshotId);
    }
  }

  private BackupResult backUpTo(BackupStore store, ProgressListener progress) throws Exception {
    SecureRandom random = new SecureRandom();
    try (BackupKey key = BackupKey.generate(BackupFixture.SET, 1, random)) {
      return new Backup(store, key, BackupFixture.DEVICE, null, Clock.systemUTC(), random)
          .run(BackupFixture.request(tree.path("source")), progress);
    }
  }

  @Test
  void a_run_is_cancelled_while_the_store_is_stuck_and_all_queues_are_full() throws Exception {
    StuckStore store = new StuckStore();
    ProgressListener cancelling =
        new ProgressListener() {
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
                frames.anyMatch(
                    frame -> frame.getClassName().equals(BackupPipeline.class.getName())));
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
    assertThat(backUpTo(store, ProgressListener.NONE).result()).isEqualTo(RunResult.CANCELLED);
    assertThat(Thread.interrupted()).isTrue();
    interrupting.join();
    assertThat(interrupted).isTrue();
  }

  @FullRunOnly
  @Test
  void a_store_that_fails_at_any_object_ends_the_run_with_its_failure() throws Exception {
    int failAfter = 0;
    while (true) {
      InMemoryBackupStore store = new InMemoryBackupStore(BackupFixture.DEVICE);
      store.failPutsAfter(failAfter);
      try {
        assertThat(backUpTo(store, ProgressListener.NONE).result()).isEqualTo(RunResult.SUCCESS);
        break;
      } catch (BackupStoreException e) {
        assertThat(e.result()).isEqualTo(RunResult.NETWORK);
        assertThat(store.committed()).isEmpty();
        assertThat(BackupThreadProbe.left()).isEmpty();
        failAfter++;
      }
    }
    assertThat(failAfter).isGreaterThan(6);
  }

  @Test
  void a_defect_of_the_store_is_not_taken_for_success() {
    BackupStore defective = new StuckStore();
    ProgressListener failing =
        new ProgressListener() {
          @Override
          public void advanced(long files, long plainBytes) {
            throw new IllegalStateException("a defect of the walk");
          }
        };
    assertThatThrownBy(() -> backUpTo(defective, failing)).hasMessage("a defect of the walk");
  }
}
