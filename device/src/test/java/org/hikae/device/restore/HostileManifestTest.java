package org.hikae.device.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.device.backup.HostileSnapshot;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Manifests made by somebody who holds K: sealed and signed as they should be, and meant to write
 * outside the target. Each restore is watched for anything that appears there.
 */
class HostileManifestTest extends RestoreTestBase {

  private static final EntryMetadata META =
      new EntryMetadata(0777, 0, 0, new FileTime(1, 0), new FileTime(1, 0), 1, java.util.List.of());

  private Path untouched;

  @BeforeEach
  void open() throws Exception {
    untouched = Files.createDirectory(tree.place().resolve("outside"));
    Files.writeString(untouched.resolve("file"), "before");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void attack(HostileSnapshot.RecordWriter writer) throws Exception {
    Files.createDirectories(tree.place().resolve("target"));
    try {
      backupFixture.restore(
          HostileSnapshot.commit(backupFixture, writer), RawPath.ROOT, tree.path("target"));
    } catch (org.hikae.device.store.BackupStoreException e) {
      // Refused as a whole, which is as good.
    }
    assertThat(untouched.resolve("file")).hasContent("before");
    try (var there = Files.list(untouched)) {
      assertThat(there).hasSize(1);
    }
    try (var beside = Files.list(tree.place())) {
      assertThat(beside.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("outside", "target");
    }
  }

  private static ManifestRecord.Enter top() {
    return new ManifestRecord.Enter(new byte[0], META, false);
  }

  private static ManifestRecord.FileStart file(String name) {
    return new ManifestRecord.FileStart(bytes(name), META, 0, 2, 1);
  }

  @Test
  void a_name_with_dots_or_slashes_writes_nothing_outside() throws Exception {
    for (String name : new String[] {"..", ".", "../outside/new", "/new", "a/../../outside/x"}) {
      attack(
          out -> {
            out.enter(top());
            out.file(file(name));
            out.fileEnd(State.WHOLE);
            out.leave();
            out.end();
          });
    }
  }

  @Test
  void a_link_is_not_written_through() throws Exception {
    attack(
        out -> {
          out.enter(top());
          out.symlink(new ManifestRecord.Symlink(bytes("a"), META, bytes(untouched.toString())));
          out.enter(new ManifestRecord.Enter(bytes("a"), META, false));
          out.file(file("file"));
          out.fileEnd(State.WHOLE);
          out.leave();
          out.leave();
          out.end();
        });
  }

  @Test
  void a_hard_link_to_a_link_gives_no_way_out() throws Exception {
    attack(
        out -> {
          out.enter(top());
          out.file(new ManifestRecord.FileStart(bytes("a"), META, 0, 2, 1));
          out.fileEnd(State.WHOLE);
          out.symlink(new ManifestRecord.Symlink(bytes("b"), META, bytes("../outside/file")));
          out.hardLink(new ManifestRecord.HardLink(bytes("c"), 1, 1));
          out.hardLink(new ManifestRecord.HardLink(bytes("d"), 7, 7));
          out.leave();
          out.end();
        });
    assertThat(tree.place().resolve("target/c")).isEmptyFile();
    assertThat(tree.place().resolve("target/d")).doesNotExist();
  }

  @Test
  void times_and_modes_of_a_link_do_not_reach_its_target() throws Exception {
    var before = Files.getLastModifiedTime(untouched.resolve("file"));
    var mode = Files.getPosixFilePermissions(untouched.resolve("file"));
    attack(
        out -> {
          out.enter(top());
          out.symlink(
              new ManifestRecord.Symlink(
                  bytes("a"), META, bytes(untouched.resolve("file").toString())));
          out.leave();
          out.end();
        });
    assertThat(Files.getLastModifiedTime(untouched.resolve("file"))).isEqualTo(before);
    assertThat(Files.getPosixFilePermissions(untouched.resolve("file"))).isEqualTo(mode);
  }

  @Test
  void an_endless_hole_is_told_and_the_rest_restored() throws Exception {
    attack(
        out -> {
          out.enter(top());
          out.file(new ManifestRecord.FileStart(bytes("huge"), META, 1, 1, 1));
          out.hole(Long.MAX_VALUE);
          out.fileEnd(State.WHOLE);
          out.file(new ManifestRecord.FileStart(bytes("small"), META, 0, 1, 1));
          out.fileEnd(State.WHOLE);
          out.leave();
          out.end();
        });
    assertThat(tree.place().resolve("target/small")).isEmptyFile();
  }
}
