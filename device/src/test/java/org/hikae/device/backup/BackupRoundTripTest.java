package org.hikae.device.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.files.EdgeCaseTree;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.files.TreeComparator;
import org.hikae.device.restore.RestoreResult;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tree comes back as it was. */
@EveryThirdRun
class BackupRoundTripTest {

  /** Run by a JVM of its own with another locale: seed and place are the arguments. */
  public static void main(String[] arguments) throws Exception {
    List<String> differences = roundTrip(Long.parseLong(arguments[0]));
    if (!differences.isEmpty()) {
      throw new AssertionError(differences);
    }
  }

  private static List<String> roundTrip(long seed) throws Exception {
    try (TemporaryTree tree = new TemporaryTree();
        BackupFixture backupFixture = new BackupFixture()) {
      try (FileHandle source = tree.makeDirectory("source")) {
        new EdgeCaseTree(tree.files(), seed).fill(source);
      }
      BackupResult made = backupFixture.backUp(tree.path("source"));
      assertThat(backupFixture.warnings()).isEmpty();
      assertThat(made.result()).isEqualTo(RunResult.SUCCESS);
      RestoreResult restored =
          backupFixture.restore(made.snapshot(), tree.path("source"), tree.path("target"));
      assertThat(backupFixture.warnings()).isEmpty();
      assertThat(restored.result()).isEqualTo(RunResult.SUCCESS);
      assertThat(restored.tally().files()).isEqualTo(made.tally().files());
      return TreeComparator.compare(tree.path("source"), tree.path("target")).differences();
    }
  }

  @Test
  void everything_a_tree_can_have_comes_back() throws Exception {
    assertThat(roundTrip(1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "C.UTF-8", "POSIX"})
  void the_locale_makes_no_difference(String locale) throws Exception {
    Path log = Files.createTempFile("hikae-test", ".log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                BackupRoundTripTest.class.getName(),
                "2"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_"));
    builder.environment().putAll(Map.of("LANG", locale, "LC_ALL", locale));
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    Files.delete(log);
  }

  @Test
  void a_whole_snapshot_lies_in_the_target_under_its_full_paths() throws Exception {
    try (TemporaryTree tree = new TemporaryTree();
        BackupFixture backupFixture = new BackupFixture()) {
      try (FileHandle source = tree.makeDirectory("source/inner")) {
        new EdgeCaseTree(tree.files(), 3).file(source, EdgeCaseTree.name("file"), new byte[10]);
      }
      BackupResult made = backupFixture.backUp(tree.path("source/inner"));
      backupFixture.restore(made.snapshot(), RawPath.ROOT, tree.path("target"));
      TreeComparator.assertEqual(
          tree.path("source"), tree.path("target" + tree.place() + "/source"));
    }
  }

  @Test
  void holes_stay_holes() throws Exception {
    try (TemporaryTree tree = new TemporaryTree();
        BackupFixture backupFixture = new BackupFixture()) {
      RawFiles files = tree.files();
      byte[] name = EdgeCaseTree.name("sparse");
      try (FileHandle source = tree.makeDirectory("source");
          FileHandle file = files.createFile(source, name)) {
        files.truncate(file, 1L << 30);
        files.write(file, 1 << 29, new byte[] {1}, 0, 1);
      }
      BackupResult made = backupFixture.backUp(tree.path("source"));
      assertThat(made.tally().bytesRead()).isLessThan(1 << 20);
      backupFixture.restore(made.snapshot(), tree.path("source"), tree.path("target"));
      try (FileHandle target = files.openDirectoryFollowing(tree.path("target"))) {
        assertThat(files.status(target, name).size()).isEqualTo(1L << 30);
        assertThat(files.status(target, name).blocks()).isLessThan(1000);
      }
    }
  }
}
