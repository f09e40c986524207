package org.hikae.device.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.files.EdgeCaseTree;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.files.TreeComparator;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.restore.OverwriteMode;
import org.hikae.device.restore.Restore;
import org.hikae.device.restore.RestoreRequest;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.store.FolderObjectMap;
import org.hikae.device.store.InMemoryBackupStore;
import org.hikae.device.verify.PackSample;
import org.hikae.device.verify.Verification;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Test;

/**
 * Memory stays within bounds: each case runs in a JVM that has the heap of the agent's launcher,
 * and looks at what it needed outside of the heap, too.
 */
@EveryThirdRun
class BoundedMemoryTest {

  private static final String HEAP = "-Xmx224m";

  private static final long MAX_RESIDENT_KIB = 400 * 1024;

  private static final int ENTRIES = Integer.getInteger("hikae.test.files", 20_000);

  /** Makes the tree named by the argument, backs it up twice, restores and verifies it. */
  public static void main(String[] arguments) throws Exception {
    try (TemporaryTree tree = new TemporaryTree();
        FileHandle source = tree.makeDirectory("source")) {
      switch (arguments[0]) {
        case "sparse" -> sparse(tree.files(), source);
        case "dense" -> dense(tree.files(), source);
        default -> many(tree.files(), source, Integer.parseInt(arguments[1]));
      }
      roundTrip(tree);
    }
    long resident = residentKib();
    if (resident > MAX_RESIDENT_KIB) {
      throw new AssertionError("a peak of " + resident + " KiB");
    }
  }

  /** The most memory that this process has had. */
  private static long residentKib() throws Exception {
    String line =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(each -> each.startsWith("VmHWM:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("[^0-9]", ""));
  }

  private static void sparse(RawFiles files, FileHandle source) throws Exception {
    try (FileHandle file = files.createFile(source, EdgeCaseTree.name("sparse"))) {
      files.truncate(file, 5L << 30);
      byte[] part = new EdgeCaseTree(files, 1).bytes(3_000_000);
      for (long at = 0; at < 5; at++) {
        files.write(file, at << 30, part, 0, part.length);
      }
    }
  }

  /** Half of it repeats, so that chunks are found again. */
  private static void dense(RawFiles files, FileHandle source) throws Exception {
    try (FileHandle file = files.createFile(source, EdgeCaseTree.name("dense"))) {
      EdgeCaseTree maker = new EdgeCaseTree(files, 2);
      long at = 0;
      for (int i = 0; i < 20; i++) {
        byte[] part = maker.bytes(8 << 20);
        files.write(file, at, part, 0, part.length);
        files.write(file, at + part.length, part, 0, part.length);
        at += 2L * part.length;
      }
    }
  }

  private static void many(RawFiles files, FileHandle source, int count) throws Exception {
    byte[] content = new byte[100];
    for (int directory = 0; directory < 20; directory++) {
      byte[] name = EdgeCaseTree.name("directory " + directory);
      files.makeDirectory(source, name);
      try (FileHandle at = files.openDirectory(source, name)) {
        for (int i = 0; i < count / 20; i++) {
          content[0] = (byte) i;
          content[1] = (byte) (i >> 8);
          content[2] = (byte) directory;
          try (FileHandle file =
              files.createFile(at, EdgeCaseTree.name("a file with number " + i))) {
            files.write(file, 0, content, 0, content.length);
          }
        }
      }
    }
  }

  private static void roundTrip(TemporaryTree tree) throws Exception {
    SecureRandom random = new SecureRandom();
    Path objects = Files.createDirectory(tree.place().resolve("objects"));
    Path cache = tree.place().resolve("cache");
    InMemoryBackupStore store =
        new InMemoryBackupStore(BackupFixture.DEVICE, new FolderObjectMap(objects));
    RawPath source = tree.path("source");
    try (BackupKey key = BackupKey.generate(BackupFixture.SET, 1, random)) {
      Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5));
      Backup backup = new Backup(store, key, BackupFixture.DEVICE, cache, ahead, random);
      require(backup.run(BackupFixture.request(source), ProgressListener.NONE).result());
      BackupResult second = backup.run(BackupFixture.request(source), ProgressListener.NONE);
      require(second.result());
      if (second.tally().bytesRead() != 0) {
        throw new AssertionError("read again: " + second.tally());
      }
      SnapshotView view = second.snapshot();
      require(
          new Restore(store, key)
              .run(
                  new RestoreRequest(view, source, tree.path("target"), OverwriteMode.REFUSE),
                  ProgressListener.NONE)
              .result());
      require(
          new Verification(store, Map.of(1L, key), random)
              .run(store.committed(), PackSample.ALL, ProgressListener.NONE)
              .result());
    }
    TreeComparator.TreeComparison outcome = TreeComparator.compare(source, tree.path("target"));
    if (!outcome.equal()) {
      throw new AssertionError(outcome.differences());
    }
  }

  private static void require(RunResult result) {
    if (result != RunResult.SUCCESS) {
      throw new AssertionError(result);
    }
  }

  private static void run(String... arguments) throws Exception {
    Path log = Files.createTempFile("hikae-test", ".log");
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                BoundedMemoryTest.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(15, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    assertThat(ended && process.exitValue() == 0).as(Files.readString(log)).isTrue();
    Files.delete(log);
  }

  @Test
  void a_sparse_file_of_five_gibibytes() throws Exception {
    run("sparse");
  }

  @FullRunOnly
  @Test
  void a_dense_file_larger_than_the_heap() throws Exception {
    run("dense");
  }

  @FullRunOnly
  @Test
  void many_files() throws Exception {
    run("many", String.valueOf(ENTRIES));
  }
}
