package org.hikae.device.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.pack.PackUploader;
import org.hikae.device.backup.pack.PendingPacks;
import org.hikae.device.files.EdgeCaseTree;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.files.TreeComparator;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.sealing.PackWriter;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.InstrumentedBackupStore;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A run after one that ended anywhere sends no pack again that had arrived, be it of files or of
 * the manifest. What is sent in all is compared with what the snapshot needs: the rest was sent
 * twice.
 */
@Timeout(120)
@EveryThirdRun
class ResumedBackupTest {

  /** So many links of 4000 random bytes make a manifest of more than two packs. */
  private static final int LINKS = 4600;

  private static final BackupStoreException CUT =
      new BackupStoreException(RunResult.NETWORK, "no connection", null);

  private final BackupFixture backupFixture = new BackupFixture();
  private final InstrumentedBackupStore store = new InstrumentedBackupStore(backupFixture.store());
  private final AtomicInteger puts = new AtomicInteger();
  private TemporaryTree tree;
  private Path cache;

  @BeforeEach
  void open() throws Exception {
    tree = TemporaryTree.apart();
    EdgeCaseTree maker = new EdgeCaseTree(tree.files(), 8);
    try (FileHandle source = tree.makeDirectory("source")) {
      maker.file(source, EdgeCaseTree.name("short"), maker.bytes(100));
      for (int i = 0; i < 3; i++) {
        maker.file(source, EdgeCaseTree.name("noise " + i), maker.bytes(9_000_000));
      }
    }
    cache = Files.createDirectory(tree.place().resolve("cache"));
  }

  @AfterEach
  void close() throws Exception {
    backupFixture.close();
    tree.close();
  }

  private void manyLinks() throws Exception {
    EdgeCaseTree maker = new EdgeCaseTree(tree.files(), 9);
    try (FileHandle links = tree.makeDirectory("source/links")) {
      for (int i = 0; i < LINKS; i++) {
        byte[] to = maker.bytes(4000);
        for (int at = 0; at < to.length; at++) {
          to[at] = to[at] == 0 ? 1 : to[at];
        }
        tree.files().symlink(to, links, EdgeCaseTree.name("link " + i));
      }
    }
  }

  private BackupResult backUp() throws Exception {
    puts.set(0);
    Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));
    return new Backup(
            store, backupFixture.key(), BackupFixture.DEVICE, cache, clock, new SecureRandom())
        .run(BackupFixture.request(tree.path("source")), ProgressListener.NONE);
  }

  private void isCut() {
    assertThatThrownBy(this::backUp)
        .isInstanceOfSatisfying(
            BackupStoreException.class, e -> assertThat(e.result()).isEqualTo(RunResult.NETWORK));
  }

  private void forgetEverything() throws IOException {
    backupFixture.store().objects().clear();
    backupFixture.store().committed().clear();
    loseCache();
  }

  private void loseCache() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private long needed(SnapshotView snapshot) throws Exception {
    long bytes = backupFixture.store().get(Hash256.parse(snapshot.root())).length;
    for (Hash256 name : backupFixture.store().objects(snapshot.snapshotId())) {
      bytes += backupFixture.store().get(name).length;
    }
    return bytes;
  }

  private void assertRestoresEqual(SnapshotView snapshot, String target) throws Exception {
    assertThat(backupFixture.restore(snapshot, tree.path("source"), tree.path(target)).result())
        .isEqualTo(RunResult.SUCCESS);
    TreeComparator.TreeComparison outcome =
        TreeComparator.compare(tree.path("source"), tree.path(target));
    assertThat(outcome.differences()).isEmpty();
  }

  /** The next runs lose the connection at this object, which arrives or not, and all after it. */
  private void cutAt(int cutAt, boolean arrives) {
    store.writing(
        (to, name, object) -> {
          int number = puts.getAndIncrement();
          if (number > cutAt || (number == cutAt && !arrives)) {
            throw CUT;
          }
          to.put(name, object);
          if (number == cutAt) {
            throw CUT;
          }
        });
  }

  @FullRunOnly
  @Test
  void nothing_that_arrived_is_sent_again_wherever_the_run_was_cut() throws Exception {
    manyLinks();
    int at = 0;
    while (true) {
      forgetEverything();
      long before = backupFixture.store().bytesPut();
      cutAt(at, at % 2 == 1);
      try {
        backUp();
        break;
      } catch (BackupStoreException e) {
        assertThat(backupFixture.store().committed()).isEmpty();
      }
      store.writing(BackupStore::put);
      BackupResult result = backUp();
      assertThat(result.result()).isEqualTo(RunResult.SUCCESS);
      long twice = backupFixture.store().bytesPut() - before - needed(result.snapshot());
      // The root, and a chunk of the manifest when a directory above was changed meanwhile.
      assertThat(twice).as("cut at object %s", at).isLessThan(PackWriter.TARGET_BYTES / 2);
      if (at == 3) {
        assertRestoresEqual(result.snapshot(), "target");
      }
      at++;
    }
    // Three packs of files, two of the manifest and a last one, the root.
    assertThat(at).isGreaterThanOrEqualTo(7);
  }

  @Test
  void a_pack_that_overtook_a_lost_one_is_used_too() throws Exception {
    CountDownLatch overtaken = new CountDownLatch(1);
    store.writing(
        (to, name, object) -> {
          int number = puts.getAndIncrement();
          if (number == 1) {
            await(overtaken);
            throw CUT;
          }
          to.put(name, object);
          if (number == 2) {
            overtaken.countDown();
          }
        });
    isCut();
    store.writing(BackupStore::put);
    SnapshotView snapshot = backUp().snapshot();
    assertThat(backupFixture.store().bytesPut() - needed(snapshot))
        .isLessThan(PackWriter.TARGET_BYTES / 2);
    assertRestoresEqual(snapshot, "target");
  }

  private static void await(CountDownLatch latch) throws BackupStoreException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new BackupStoreException(RunResult.CANCELLED, "interrupted", e);
    }
  }

  @Test
  void a_note_that_was_cut_short_costs_its_pack_and_hides_no_later_note() throws Exception {
    backupFixture.store().failPutsAfter(2);
    isCut();
    Path notes = notes();
    try (FileChannel torn = FileChannel.open(notes, StandardOpenOption.WRITE)) {
      // The last note is of the pack that was not stored; the one before loses its end.
      torn.truncate(Files.size(notes) * 4 / 10);
    }
    Set<Hash256> before = Set.copyOf(backupFixture.store().objects().keySet());
    backupFixture.store().failPutsAfter(2);
    isCut();
    Set<Hash256> later = new HashSet<>(backupFixture.store().objects().keySet());
    later.removeAll(before);
    assertThat(later).hasSize(2);
    assertThat(names(notes())).containsAll(later);
    backupFixture.store().heal();
    SnapshotView snapshot = backUp().snapshot();
    // That pack, and what others that overtook their neighbours cost, one a connection.
    assertThat(backupFixture.store().bytesPut() - needed(snapshot))
        .isLessThan((1L + PackUploader.IN_FLIGHT) * PackWriter.TARGET_BYTES);
    assertRestoresEqual(snapshot, "target");
  }

  @Test
  void notes_that_the_power_took_are_passed_over() throws Exception {
    backupFixture.store().failPutsAfter(3);
    isCut();
    Path notes = notes();
    byte[] sound = Files.readAllBytes(notes);
    for (int zeros = 0; zeros < 3; zeros++) {
      byte[] half = sound.clone();
      int from = sound.length * zeros / 3;
      java.util.Arrays.fill(half, from, sound.length, (byte) 0);
      Files.write(notes, half);
      backupFixture.store().failPutsAfter(0);
      isCut();
      // Whatever was there, it is a file of sound notes now.
      assertThat(names(notes)).as("zeros from %s", from).isNotEmpty();
    }
    backupFixture.store().heal();
    assertRestoresEqual(backUp().snapshot(), "target");
    assertThat(notes).doesNotExist();
  }

  @Test
  void notes_of_packs_that_never_arrived_do_not_pile_up() throws Exception {
    backupFixture.store().failPutsAfter(1);
    isCut();
    backupFixture.store().failPutsAfter(0);
    for (int i = 0; i < 4; i++) {
      isCut();
      // The one that arrived, and those that this run was about to send.
      assertThat(names(notes())).hasSizeBetween(1, 1 + PackUploader.IN_FLIGHT);
    }
    backupFixture.store().heal();
    SnapshotView snapshot = backUp().snapshot();
    assertThat(backupFixture.store().bytesPut() - needed(snapshot))
        .isLessThan(PackWriter.TARGET_BYTES / 2);
  }

  private List<Hash256> names(Path notes) {
    assertThat(notes).exists();
    try (PendingPacks pending =
        new PendingPacks(
            cache,
            org.hikae.device.sealing.SealContext.of(backupFixture.key(), BackupFixture.DEVICE))) {
      return List.copyOf(pending.names());
    }
  }

  private Path notes() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.filter(file -> file.toString().contains("pending-")).findAny().orElseThrow();
    }
  }

  @Test
  void a_cache_lost_between_two_runs_costs_sending_again_and_nothing_else() throws Exception {
    backupFixture.store().failPutsAfter(3);
    isCut();
    loseCache();
    backupFixture.store().heal();
    SnapshotView snapshot = backUp().snapshot();
    assertRestoresEqual(snapshot, "target");
    loseCache();
    BackupResult next = backUp();
    assertThat(next.tally().bytesRead()).isZero();
    assertThat(next.tally().bytesSent()).isLessThan(100_000);
  }

  @Test
  void what_a_killed_run_left_half_written_goes_with_the_next() throws Exception {
    Files.write(cache.resolve("object123.new"), new byte[1000]);
    Files.write(cache.resolve("chunks123.index"), new byte[1000]);
    backUp();
    assertThat(cache).isDirectoryContaining("glob:**.sealed");
    assertThat(cache).isDirectoryNotContaining("glob:**.{new,index}");
  }
}
