package org.hikae.device.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.backup.BackupFixture;
import org.hikae.device.files.EdgeCaseTree;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.keys.Subkey;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.search.NameSearch.FoundName;
import org.hikae.device.search.NameSearch.FoundVersion;
import org.hikae.device.search.SearchIndexUpdater.IndexPlace;
import org.hikae.device.search.SearchIndexUpdater.ShownSnapshot;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index of names beside snapshots that come and go. */
@EveryThirdRun
class SearchIndexUpdaterTest {

  @TempDir private Path folder;
  private final List<String> read = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private final List<ShownSnapshot> shown = new ArrayList<>();
  private TemporaryTree tree;
  private BackupFixture backupFixture;
  private SecretBytes key;
  private IndexPlace place;

  @BeforeEach
  void open() throws Exception {
    tree = new TemporaryTree();
    backupFixture = new BackupFixture();
    key = backupFixture.key().subkey(Subkey.NAMES);
    place = place(key);
    tree.makeDirectory("source").close();
  }

  private IndexPlace place(SecretBytes other) {
    byte[] device = new byte[16];
    SealContext context = new SealContext(backupFixture.key().setId(), 1, device);
    return new IndexPlace(folder.resolve("names.index"), other, context);
  }

  @AfterEach
  void close() throws Exception {
    key.close();
    backupFixture.close();
    tree.close();
  }

  private Path source(String name) {
    return tree.place().resolve("source").resolve(name);
  }

  private SnapshotView backUp() throws Exception {
    SnapshotView view = backupFixture.backUp(tree.path("source")).snapshot();
    shown.add(new ShownSnapshot(view, 1000 + shown.size()));
    return view;
  }

  private void update() throws Exception {
    read.clear();
    new SearchIndexUpdater(
            backupFixture.store(), generation -> backupFixture.key().copy(), new SecureRandom())
        .update(
            place,
            shown,
            new SearchIndexUpdater.UpdateListener() {
              @Override
              public void reads(SnapshotView view) {
                read.add(view.snapshotId());
              }

              @Override
              public void unreadable(SnapshotView view, BackupStoreException why) {
                unreadable.add(view.snapshotId());
              }

              @Override
              public boolean skips(SnapshotView view) {
                return skipped.contains(view.snapshotId());
              }
            });
  }

  private List<FoundName> find(String part) throws Exception {
    return NameSearch.find(place, part.getBytes(StandardCharsets.UTF_8), 10_000).names();
  }

  private boolean isFound(String part) throws Exception {
    try {
      return !find(part).isEmpty();
    } catch (DamagedDataException e) {
      return false;
    }
  }

  @Test
  void what_is_known_to_be_unreadable_is_not_read_and_the_rest_is() throws Exception {
    Files.writeString(source("first"), "1");
    skipped.add(backUp().snapshotId());
    Files.writeString(source("second"), "2");
    SnapshotView second = backUp();
    update();
    assertThat(read).containsExactly(second.snapshotId());
    assertThat(isFound("second")).isTrue();
  }

  @Test
  void versions_of_a_name_are_told_and_whether_it_is_gone() throws Exception {
    Files.writeString(source("Plan.txt"), "one");
    Files.writeString(source("stays"), "here");
    SnapshotView first = backUp();
    SnapshotView second = backUp();
    Files.writeString(source("Plan.txt"), "another");
    SnapshotView third = backUp();
    Files.delete(source("Plan.txt"));
    SnapshotView last = backUp();

    update();

    assertThat(read).hasSize(4);
    FoundName plan = find("plan").getFirst();
    assertThat(find("plan")).hasSize(1);
    assertThat(plan.path()).isEqualTo(tree.path("source/Plan.txt"));
    assertThat(plan.deleted()).isTrue();
    assertThat(plan.versions()).hasSize(2);
    FoundVersion newer = plan.versions().getFirst();
    assertThat(newer.version().size()).isEqualTo(7);
    assertThat(newer.last().snapshotId()).isEqualTo(third.snapshotId());
    FoundVersion older = plan.versions().getLast();
    assertThat(older.version().size()).isEqualTo(3);
    assertThat(older.first().snapshotId()).isEqualTo(first.snapshotId());
    assertThat(older.last().snapshotId()).isEqualTo(second.snapshotId());
    assertThat(older.snapshots()).isEqualTo(2);
    FoundVersion stays = find("STAY").getFirst().versions().getFirst();
    assertThat(stays.snapshots()).isEqualTo(4);
    assertThat(stays.last().snapshotId()).isEqualTo(last.snapshotId());
    assertThat(find("STAY").getFirst().deleted()).isFalse();
    assertThat(find("nowhere")).isEmpty();
  }

  @Test
  void a_snapshot_is_read_once_and_one_that_is_gone_is_forgotten() throws Exception {
    Files.writeString(source("only in the first"), "");
    backUp();
    Files.delete(source("only in the first"));
    backUp();
    update();
    assertThat(read).hasSize(2);
    update();
    assertThat(read).isEmpty();

    shown.removeFirst();
    SnapshotView fresh = backUp();
    update();

    assertThat(read).containsExactly(fresh.snapshotId());
    assertThat(find("only in")).isEmpty();
    assertThat(find("source").getFirst().versions().stream().mapToInt(FoundVersion::snapshots))
        .containsOnly(2);
  }

  @Test
  void every_name_of_many_is_found_under_its_path() throws Exception {
    try (FileHandle at = tree.makeDirectory("source/everything")) {
      new EdgeCaseTree(tree.files(), 3).fill(at);
    }
    Files.createDirectories(source("many"));
    for (int i = 0; i < 5000; i++) {
      Files.createFile(source("many/file " + i));
    }
    backUp();
    backUp();
    update();

    assertThat(find("file 4999"))
        .extracting(FoundName::path)
        .containsExactly(tree.path("source/many/file 4999"));
    assertThat(find("file "))
        .hasSizeGreaterThan(5000)
        .isSortedAccordingTo((a, b) -> a.path().compareTo(b.path()));
    NameSearch.FoundNames some =
        NameSearch.find(place, "file ".getBytes(StandardCharsets.UTF_8), 7);
    assertThat(some.names()).isEqualTo(find("file ").subList(0, 7));
    assertThat(some.total()).isEqualTo(find("file ").size());
    assertThat(find("bottom").getFirst().path().depth()).isGreaterThan(200);
    assertThat(find("が")).hasSize(2);
    assertThat(find("ファイル")).hasSize(1);
  }

  @Test
  void at_rest_nothing_of_it_can_be_read_and_what_does_not_open_is_made_anew() throws Exception {
    Files.writeString(source("very telling name"), "");
    backUp();
    update();
    byte[] file = Files.readAllBytes(place.file());
    assertThat(new String(file, StandardCharsets.ISO_8859_1)).doesNotContain("telling");
    assertThat(Files.getPosixFilePermissions(place.file())).hasSize(2);

    // Any bit, a block that is missing, and another key.
    for (int at : new int[] {3, 20, 30, 120, file.length - 5}) {
      byte[] changed = file.clone();
      changed[at] ^= 1;
      Files.write(place.file(), changed);
      assertThat(isFound("telling")).as("bit of byte %d", at).isFalse();
    }
    Files.write(place.file(), Arrays.copyOf(file, file.length / 2));
    update();
    assertThat(read).hasSize(1);
    assertThat(find("telling")).hasSize(1);
    try (SecretBytes other = backupFixture.key().subkey(Subkey.PACK)) {
      byte[] telling = "telling".getBytes(StandardCharsets.UTF_8);
      assertThat(NameSearch.find(place(other), telling, 9).total()).isZero();
    }
    Files.delete(place.file());
    update();
    assertThat(find("telling")).hasSize(1);
  }

  @Test
  void a_snapshot_that_can_be_read_late_takes_its_place_in_time() throws Exception {
    backUp();
    Files.writeString(source("comes and goes"), "");
    ShownSnapshot late = new ShownSnapshot(backUp(), 1001);
    Files.delete(source("comes and goes"));
    Files.writeString(source("stays"), "");
    SnapshotView last = backUp();
    shown.remove(1);
    update();
    assertThat(find("comes")).isEmpty();

    shown.add(1, late);
    update();

    assertThat(read).containsExactly(late.view().snapshotId(), last.snapshotId());
    assertThat(find("comes").getFirst().deleted()).isTrue();
    assertThat(find("stays").getFirst().deleted()).isFalse();
    update();
    assertThat(read).isEmpty();
  }

  @Test
  void a_manifest_that_cannot_be_read_keeps_no_other_away() throws Exception {
    Files.writeString(source("first"), "");
    backUp();
    Files.writeString(source("second"), "");
    SnapshotView damaged = backUp();
    backupFixture.store().rot(Hash256.parse(damaged.root()));

    update();

    assertThat(unreadable).containsExactly(damaged.snapshotId());
    assertThat(find("first")).hasSize(1);
    assertThat(find("second")).isEmpty();
  }
}
