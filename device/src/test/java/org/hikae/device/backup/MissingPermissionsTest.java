package org.hikae.device.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.files.EdgeCaseTree;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.run.ProgressListener;
import org.junit.jupiter.api.Test;

/**
 * What a person without special rights meets. The superuser's JVM gives up the capabilities that
 * make the difference; anybody else never had them.
 */
class MissingPermissionsTest {

  /** Runs in the JVM without rights. */
  public static void main(String[] arguments) throws Exception {
    try (TemporaryTree tree = new TemporaryTree();
        BackupFixture backupFixture = new BackupFixture()) {
      RawFiles files = tree.files();
      EdgeCaseTree maker = new EdgeCaseTree(files, 7);
      try (FileHandle source = tree.makeDirectory("source")) {
        maker.file(source, EdgeCaseTree.name("a unreadable"), maker.bytes(10));
        maker.file(source, EdgeCaseTree.name("b readable"), maker.bytes(10));
        files.changeMode(source, EdgeCaseTree.name("a unreadable"), 0);
        files.makeDirectory(source, EdgeCaseTree.name("closed"));
        files.changeMode(source, EdgeCaseTree.name("closed"), 0);
        files.makeDirectory(source, EdgeCaseTree.name("read only"));
        try (FileHandle inner = files.openDirectory(source, EdgeCaseTree.name("read only"))) {
          maker.file(inner, EdgeCaseTree.name("inside"), maker.bytes(10));
          files.changeMode(inner, 0500);
        }
      }
      BackupResult made = backupFixture.backUp(tree.path("source"));
      require(made.result() == RunResult.PARTIAL, "result " + made.result());
      require(backupFixture.warnings().size() == 2, "warnings " + backupFixture.warnings());
      require(
          backupFixture.warnings().stream()
              .allMatch(w -> w.kind() == ProgressListener.WarningKind.UNREADABLE),
          "warnings " + backupFixture.warnings());
      require(made.tally().files() == 2, "files " + made.tally());
      require(
          backupFixture.restore(made.snapshot(), tree.path("source"), tree.path("target")).result()
              == RunResult.SUCCESS,
          "restore " + backupFixture.warnings());
      Path target = tree.place().resolve("target");
      require(Files.exists(target.resolve("b readable")), "the readable file");
      require(!Files.exists(target.resolve("a unreadable")), "the unreadable file");
      require(Files.exists(target.resolve("read only/inside")), "in a read-only directory");
      foreignOwner(tree, backupFixture);
    }
  }

  /** A set-id file of somebody else comes back as one's own and without the set-id bits. */
  private static void foreignOwner(TemporaryTree tree, BackupFixture backupFixture)
      throws Exception {
    org.hikae.device.manifest.EntryMetadata foreign =
        new org.hikae.device.manifest.EntryMetadata(
            06755,
            4242,
            4242,
            new org.hikae.device.files.FileTime(5, 6),
            new org.hikae.device.files.FileTime(5, 6),
            1,
            List.of());
    var view =
        HostileSnapshot.commit(
            backupFixture,
            out -> {
              out.enter(
                  new org.hikae.device.manifest.ManifestRecord.Enter(new byte[0], foreign, true));
              out.file(
                  new org.hikae.device.manifest.ManifestRecord.FileStart(
                      EdgeCaseTree.name("foreign"), foreign, 0, 1, 1));
              out.fileEnd(org.hikae.device.manifest.ManifestRecord.FileEnd.State.WHOLE);
              out.leave();
              out.end();
            });
    require(
        backupFixture
                .restore(view, org.hikae.device.files.RawPath.ROOT, tree.path("foreign"))
                .result()
            == RunResult.SUCCESS,
        "foreign " + backupFixture.warnings());
    try (FileHandle at = tree.files().openDirectoryFollowing(tree.path("foreign"))) {
      var status = tree.files().status(at, EdgeCaseTree.name("foreign"));
      require(status.mode() == 0755, "mode " + Integer.toOctalString(status.mode()));
      require(status.modified().equals(foreign.modified()), "time " + status.modified());
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  @Test
  void unreadable_entries_are_told_and_the_rest_is_kept() throws Exception {
    Path log = Files.createTempFile("hikae-test", ".log");
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      String without = "-dac_override,-dac_read_search,-chown,-fowner,-fsetid";
      command.addAll(List.of("setpriv", "--bounding-set", without, "--inh-caps", without));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            MissingPermissionsTest.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    Files.delete(log);
  }
}
