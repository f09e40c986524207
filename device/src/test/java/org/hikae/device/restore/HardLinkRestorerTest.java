package org.hikae.device.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.HostileSnapshot;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.manifest.ManifestWriter;
import org.junit.jupiter.api.Test;

/**
 * HK1-M-07: of several files of one inode a name belongs to the last before it. An inode that is
 * used anew while a backup runs gives such manifests honestly. Files differ by their length.
 */
class HardLinkRestorerTest extends RestoreTestBase {

  private static final long DEVICE = 1;
  private static final long INODE = 5;
  private static final EntryMetadata META =
      new EntryMetadata(0755, 0, 0, new FileTime(1, 0), new FileTime(1, 0), INODE, List.of());

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A manifest in the making: directories of the top, with files and names of one inode. */
  private record Top(ManifestWriter<RuntimeException> out) {

    Top enter(String name) throws IOException {
      out.enter(new ManifestRecord.Enter(bytes(name), META, false));
      return this;
    }

    Top file(String name, long length, int links, State state) throws IOException {
      out.file(new ManifestRecord.FileStart(bytes(name), META, length, links, DEVICE));
      out.hole(length);
      out.fileEnd(state);
      return this;
    }

    Top file(String name, long length) throws IOException {
      return file(name, length, 2, State.WHOLE);
    }

    Top name(String name) throws IOException {
      out.hardLink(new ManifestRecord.HardLink(bytes(name), DEVICE, INODE));
      return this;
    }

    Top leave() throws IOException {
      out.leave();
      return this;
    }
  }

  /** What stands in the top. */
  @FunctionalInterface
  private interface TopWriter {
    void write(Top top) throws IOException;
  }

  private SnapshotView snapshot(TopWriter writer) throws Exception {
    return HostileSnapshot.commit(
        backupFixture,
        out -> {
          Top top = new Top(out).enter("");
          writer.write(top);
          top.leave();
          out.end();
        });
  }

  private RunResult restore(SnapshotView snapshot, String selection, OverwriteMode mode)
      throws Exception {
    RawPath part = selection.isEmpty() ? RawPath.ROOT : RawPath.ROOT.child(bytes(selection));
    return restore(new RestoreRequest(snapshot, part, tree.path("target"), mode)).result();
  }

  private Path restored(String below) {
    return at("target").resolve(below);
  }

  @Test
  void of_files_outside_the_part_the_last_before_the_name_counts() throws Exception {
    SnapshotView snapshot =
        snapshot(
            top -> {
              top.enter("a").file("first", 10).file("second", 20).leave();
              top.enter("b").name("one").file("third", 30).name("two").leave();
              top.enter("c").file("fourth", 40).leave();
            });

    assertThat(restore(snapshot, "b", OverwriteMode.REFUSE)).isEqualTo(RunResult.SUCCESS);
    assertThat(restored("one")).hasSize(20);
    assertThat(restored("two")).hasSize(30);
    assertThat(Files.isSameFile(restored("two"), restored("third"))).isTrue();
  }

  /** HK1-M-03: the number of links decides nothing. */
  @Test
  void a_file_that_is_said_to_have_one_name_only_has_the_names_after_it() throws Exception {
    SnapshotView snapshot =
        snapshot(
            top ->
                top.enter("a")
                    .file("first", 10)
                    .file("second", 20, 1, State.WHOLE)
                    .name("third")
                    .leave());

    assertThat(restore(snapshot, "", OverwriteMode.REFUSE)).isEqualTo(RunResult.SUCCESS);
    assertThat(restored("a/third")).hasSize(20);
  }

  @Test
  void one_in_a_directory_that_cannot_be_made_counts_as_well() throws Exception {
    SnapshotView snapshot =
        snapshot(
            top -> {
              top.enter("a").file("first", 10).leave();
              top.enter("b").file("second", 20).leave();
              top.enter("c").name("third").leave();
            });
    Files.createDirectory(restored(""));
    Files.writeString(restored("b"), "in the way");

    assertThat(restore(snapshot, "", OverwriteMode.NEVER)).isEqualTo(RunResult.PARTIAL);
    assertThat(restored("c/third")).hasSize(20);
    assertThat(restored("a/first")).hasSize(10);
  }

  @Test
  void a_name_of_a_file_that_could_not_be_read_is_told() throws Exception {
    SnapshotView snapshot =
        snapshot(
            top -> {
              top.enter("a").file("first", 10).file("second", 20, 2, State.VOID).leave();
              top.enter("b").name("third").leave();
            });

    assertThat(restore(snapshot, "b", OverwriteMode.REFUSE)).isEqualTo(RunResult.PARTIAL);
    assertThat(restored("third")).doesNotExist();
    assertThat(backupFixture.warnings()).hasSize(1);
  }

  @Test
  void a_name_before_all_files_of_its_inode_has_none() throws Exception {
    SnapshotView snapshot =
        snapshot(
            top -> {
              top.enter("a").name("first").leave();
              top.enter("b").file("second", 20).leave();
            });

    assertThat(restore(snapshot, "", OverwriteMode.REFUSE)).isEqualTo(RunResult.CORRUPT);
    assertThat(restored("a/first")).doesNotExist();
    assertThat(restored("b/second")).hasSize(20);
  }
}
