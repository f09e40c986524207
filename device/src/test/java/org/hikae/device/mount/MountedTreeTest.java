package org.hikae.device.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.BackupFixture;
import org.hikae.device.chunking.Chunker;
import org.hikae.device.files.EdgeCaseTree;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.fuse.FuseErrorException;
import org.hikae.device.fuse.TreeEntry;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.InstrumentedBackupStore;
import org.hikae.device.store.PackRange;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a mount shows and what it fetches for that, without a kernel. */
@EveryThirdRun
class MountedTreeTest {

  private static final int SMALL = 200;
  private static final int SMALL_BYTES = 10_000;
  private static final int LARGE_BYTES = 6_000_000;

  private final List<String> failures = new ArrayList<>();
  private TemporaryTree tree;
  private BackupFixture backupFixture;
  private InstrumentedBackupStore store;
  private MountedSnapshotReader reader;
  private MountedTree mounted;
  private SnapshotView snapshot;

  @BeforeEach
  void backUp() throws Exception {
    tree = new TemporaryTree();
    backupFixture = new BackupFixture();
    store = new InstrumentedBackupStore(backupFixture.store());
    EdgeCaseTree maker = new EdgeCaseTree(tree.files(), 27);
    try (FileHandle source = tree.makeDirectory("source")) {
      maker.file(source, EdgeCaseTree.name("large"), maker.bytes(LARGE_BYTES));
      maker.file(source, EdgeCaseTree.name("letter"), EdgeCaseTree.name("dear diary"));
    }
    try (FileHandle small = tree.makeDirectory("source/small")) {
      for (int i = 0; i < SMALL; i++) {
        maker.file(small, EdgeCaseTree.name(String.valueOf(1000 + i)), maker.bytes(SMALL_BYTES));
      }
    }
    snapshot = backupFixture.backUp(tree.path("source")).snapshot();
    mount(snapshot);
  }

  @AfterEach
  void close() throws Exception {
    reader.close();
    backupFixture.close();
    tree.close();
  }

  private void mount(SnapshotView... views) {
    if (reader != null) {
      reader.close();
    }
    reader = new MountedSnapshotReader(() -> store, generation -> backupFixture.key().copy());
    List<MountedSnapshot> all = new ArrayList<>();
    for (SnapshotView view : views) {
      int number = all.size() + 1;
      all.add(new MountedSnapshot(number, "snap" + number, view, new FileTime(number, 0)));
    }
    mounted =
        new MountedTree(
            List.of(new MountedDevice("device", all)),
            all.getFirst(),
            new MountedTree.Owner(5, 6),
            reader,
            (where, why) -> failures.add(where.folder() + ": " + why.getMessage()));
  }

  private TreeEntry at(String path) throws Exception {
    TreeEntry entry = mounted.entry(MountedTree.ROOT);
    for (String name : path.split("/", -1)) {
      entry = mounted.find(entry.node(), EdgeCaseTree.name(name)).orElseThrow();
    }
    return entry;
  }

  private TreeEntry source(String below) throws Exception {
    return at("device/snap1" + tree.place() + "/source" + below);
  }

  private byte[] contents(TreeEntry file) throws FuseErrorException {
    byte[] bytes = new byte[(int) file.size() + 10];
    int got = mounted.read(file.node(), 0, bytes);
    return Arrays.copyOf(bytes, got);
  }

  private List<String> names(TreeEntry directory, int atATime) throws Exception {
    List<String> names = new ArrayList<>();
    long[] from = {0};
    int before;
    do {
      before = names.size();
      int end = before + atATime;
      mounted.list(
          directory.node(),
          from[0],
          (entry, next) -> {
            if (names.size() == end) {
              return false;
            }
            names.add(new String(entry.name(), StandardCharsets.UTF_8));
            from[0] = next;
            return true;
          });
    } while (names.size() > before);
    return names;
  }

  @Test
  void folders_lead_to_devices_to_snapshots_and_to_the_newest() throws Exception {
    mount(snapshot, backupFixture.backUp(tree.path("source/small")).snapshot());

    assertThat(names(mounted.entry(MountedTree.ROOT), 1)).containsExactly("device", "latest");
    assertThat(names(at("device"), 1)).containsExactly("snap1", "snap2");
    assertThat(mounted.linkTarget(at("latest").node()))
        .isEqualTo(EdgeCaseTree.name("device/snap1"));
    assertThat(at("device/snap2").uid()).isEqualTo(5);
    assertThat(at("device/snap2").modified()).isEqualTo(new FileTime(2, 0));
  }

  @Test
  void nothing_is_fetched_before_somebody_looks_into_a_snapshot() throws Exception {
    assertThat(names(at("device"), 10)).containsExactly("snap1");
    assertThat(mounted.attributes(at("device/snap1").node())).isEmpty();
    assertThat(mounted.entry(at("device/snap1").node()).mode()).isEqualTo(0555);

    assertThat(store.gets()).isEmpty();
    assertThat(store.ranges()).isEmpty();
  }

  @Test
  void a_large_directory_is_listed_in_parts_and_each_name_is_found() throws Exception {
    TreeEntry small = source("/small");
    List<String> whole = names(small, SMALL + 1);
    assertThat(whole).hasSize(SMALL).isSorted();
    assertThat(names(small, 7)).isEqualTo(whole);
    for (String name : whole) {
      assertThat(mounted.find(small.node(), EdgeCaseTree.name(name))).as(name).isPresent();
      assertThat(mounted.find(small.node(), EdgeCaseTree.name(name + "x"))).as(name).isEmpty();
    }
    assertThat(mounted.find(small.node(), EdgeCaseTree.name("0"))).isEmpty();
  }

  /** HK1-C-07. */
  @Test
  void for_one_small_file_of_a_large_pack_its_buckets_are_fetched_and_no_others() throws Exception {
    TreeEntry letter = source("/letter");
    long before = reader.bytesReceived();

    assertThat(contents(letter)).isEqualTo(EdgeCaseTree.name("dear diary"));

    // The bucket where it lies, the next if it goes on there, and the first for the pack's header.
    assertThat(reader.bytesReceived() - before)
        .isPositive()
        .isLessThanOrEqualTo(3L * PackRange.BUCKET_BYTES);
    assertThat(store.gets().keySet()).doesNotContainAnyElementsOf(dataPacks());
    before = reader.bytesReceived();
    assertThat(contents(letter)).hasSize(10);
    assertThat(reader.bytesReceived()).as("read again").isEqualTo(before);
  }

  @Test
  void in_the_middle_of_a_large_file_only_that_chunk_is_fetched() throws Exception {
    TreeEntry large = source("/large");
    byte[] whole = Files.readAllBytes(Path.of(tree.place() + "/source/large"));
    long before = reader.bytesReceived();
    byte[] part = new byte[1];

    assertThat(mounted.read(large.node(), LARGE_BYTES / 2, part)).isEqualTo(1);

    assertThat(part).containsExactly(whole[LARGE_BYTES / 2]);
    // Each run has a cut key of its own, so the chunk may be as long as one can be.
    assertThat(reader.bytesReceived() - before)
        .isLessThanOrEqualTo(Chunker.MAX_BYTES + 2 * PackRange.BUCKET_BYTES);
    assertThat(contents(large)).isEqualTo(whole);
    assertThat(mounted.read(large.node(), LARGE_BYTES, part)).isZero();
    assertThat(mounted.read(large.node(), Long.MAX_VALUE, part)).isZero();
  }

  /** As {@code grep -r} does: what lies together comes together. */
  @Test
  void many_small_files_that_lie_together_take_few_requests() throws Exception {
    TreeEntry small = source("/small");
    Set<Hash256> packs = dataPacks();

    for (String name : names(small, SMALL)) {
      assertThat(contents(mounted.find(small.node(), EdgeCaseTree.name(name)).orElseThrow()))
          .hasSize(SMALL_BYTES);
    }

    int requests =
        store.ranges().entrySet().stream()
            .filter(each -> packs.contains(each.getKey()))
            .mapToInt(Map.Entry::getValue)
            .sum();
    // Two megabytes in fetches of one to sixteen buckets.
    assertThat(requests).isLessThan(SMALL / 8);
  }

  private Set<Hash256> dataPacks() throws Exception {
    Set<Hash256> packs = new HashSet<>(backupFixture.store().objects(snapshot.snapshotId()));
    try (OpenedSnapshot open =
        OpenedSnapshot.open(backupFixture.store(), backupFixture.key(), snapshot)) {
      packs.removeAll(open.root().manifestPacks());
    }
    return packs;
  }

  @Test
  void a_file_that_is_damaged_is_an_error_and_told_and_others_are_read() throws Exception {
    for (Hash256 pack : dataPacks()) {
      byte[] object = backupFixture.store().objects().get(pack);
      object[object.length / 3] ^= 1;
    }
    byte[] part = new byte[LARGE_BYTES];

    assertThatThrownBy(() -> mounted.read(source("/large").node(), 0, part))
        .isInstanceOfSatisfying(
            FuseErrorException.class, e -> assertThat(e.errno()).isEqualTo(FuseErrorException.EIO));

    assertThat(failures).isNotEmpty().allMatch(told -> told.startsWith("snap1: "));
    assertThat(contents(source("/letter"))).isEqualTo(EdgeCaseTree.name("dear diary"));
  }

  /** HK1-S-12. */
  @Test
  void a_later_snapshot_stands_in_for_what_is_lost() throws Exception {
    Set<Hash256> lost = dataPacks();
    lost.forEach(pack -> backupFixture.store().rot(pack));
    SnapshotView healed = backupFixture.backUp(tree.path("source")).snapshot();
    assertThat(healed.snapshotId()).isNotEqualTo(snapshot.snapshotId());

    assertThat(contents(source("/large")))
        .isEqualTo(Files.readAllBytes(Path.of(tree.place() + "/source/large")));
    assertThat(failures).isEmpty();
  }

  @Test
  void a_damage_of_the_transfer_is_got_over() throws Exception {
    TreeEntry letter = source("/letter");
    int[] damaged = {0};
    store.reading(
        (name, object) -> {
          byte[] copy = object.clone();
          if (damaged[0]++ < 1) {
            Arrays.fill(copy, (byte) 7);
          }
          return copy;
        });

    assertThat(contents(letter)).isEqualTo(EdgeCaseTree.name("dear diary"));
    assertThat(damaged[0]).isGreaterThan(1);
  }

  @Test
  void what_could_not_be_fetched_is_fetched_when_the_portal_is_back() throws Exception {
    store.reading(
        (name, object) -> {
          throw new BackupStoreException(RunResult.NETWORK, "no network", null);
        });
    assertThatThrownBy(() -> source("/letter")).isInstanceOf(FuseErrorException.class);
    assertThat(failures).singleElement().asString().contains("no network");

    store.reading((name, object) -> object);

    assertThat(contents(source("/letter"))).isEqualTo(EdgeCaseTree.name("dear diary"));
  }

  @Test
  void numbers_that_nobody_was_given_are_refused() throws Exception {
    long directory = source("").node();
    for (long node : new long[] {3, 15, 17, NodeId.of(9, 1), Long.MAX_VALUE}) {
      assertThatThrownBy(() -> mounted.entry(node)).isInstanceOf(FuseErrorException.class);
    }
    assertThatThrownBy(() -> mounted.list(source("/letter").node(), 0, (entry, next) -> true))
        .isInstanceOf(FuseErrorException.class);
    assertThatThrownBy(() -> mounted.list(directory, 1L << 40, (entry, next) -> true))
        .isInstanceOf(FuseErrorException.class);
    assertThatThrownBy(() -> mounted.read(directory, 0, new byte[1]))
        .isInstanceOf(FuseErrorException.class);
    assertThatThrownBy(() -> mounted.linkTarget(directory)).isInstanceOf(FuseErrorException.class);
  }
}
