package org.hikae.device.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.AgentProcess;
import org.hikae.device.cli.harness.CompanyFixture;
import org.hikae.device.cli.harness.SizeLimitedDisk;
import org.hikae.device.files.TreeComparator;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.TestScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk with the agent's home, or the one that is restored to, gets full: a sentence that names
 * the place, exit code 9, nothing lost, and the same command goes on once there is room. HK1-M-13.
 * Budget: 25 seconds.
 */
@Timeout(300)
@EveryThirdRun
class FullDiskTest {

  private static final int LOCAL = 9;
  private static final String SAYS = "This computer's disk is full at ";

  @TempDir private Path folder;
  private CompanyFixture companyFixture;
  private AgentHarness device;
  private Path home;
  private Path tree;
  private Path log;

  @BeforeEach
  void start() throws Exception {
    companyFixture = new CompanyFixture(folder);
    device = companyFixture.deviceWithoutVault("device");
    home = folder.resolve("device/hikae");
    log = folder.resolve("agent.log");
    tree = Files.createDirectory(folder.resolve("tree"));
    write(1);
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
  }

  @AfterEach
  void stop() throws IOException {
    companyFixture.close();
  }

  private void write(int seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[random.nextInt(20_000)];
      random.nextBytes(bytes);
      Files.write(tree.resolve("file " + seed + " " + i), bytes);
    }
  }

  private ProcessBuilder agent(String... arguments) {
    ProcessBuilder builder = AgentProcess.of(home, true, arguments).redirectOutput(log.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder;
  }

  @Test
  void a_backup_whose_home_is_full_says_so_or_ends_and_loses_nothing() throws Exception {
    int snapshots = companyFixture.company().store().committed().size();
    // No room at all; for the secrets but not for caches; for some of the caches.
    boolean whole = TestScope.ofThisRun().takesAllOf(FullDiskTest.class);
    for (int kib : whole ? List.of(0, 16, 200) : List.of(16)) {
      write(kib + 2);
      int exit = SizeLimitedDisk.run(agent("backup", tree.toString()), home, kib);
      String told = kib + " KiB: " + Files.readString(log);
      assertThat(exit).as(told).isIn(0, LOCAL);
      assertThat(told).doesNotContain("Exception", "Error", "defect");
      if (exit == LOCAL) {
        assertThat(told).contains(SAYS + home);
      }
      // Whose disk is full may need the backup before making room: it was made all the same.
      snapshots++;
      assertThat(companyFixture.company().store().committed()).as(told).hasSize(snapshots);
      assertThat(leftovers()).as(told).isEmpty();
    }
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    assertThat(companyFixture.company().store().committed()).hasSize(snapshots + 1);
    requireRestored(folder.resolve("target"), "--path", tree.toString());
  }

  private List<String> leftovers() throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      return all.map(path -> home.relativize(path).toString())
          .filter(name -> name.endsWith(".new") || name.endsWith(".index"))
          .toList();
    }
  }

  @Test
  void a_restore_whose_target_is_full_says_so_and_goes_on_when_there_is_room() throws Exception {
    Path target = Files.createDirectory(folder.resolve("target"));
    String[] restore = {
      "restore", "--overwrite=if-changed", "--target", target.toString(), "--path", tree.toString()
    };
    int exit = SizeLimitedDisk.run(agent(restore), target, 1000);
    String told = Files.readString(log);
    assertThat(exit).as(told).isEqualTo(LOCAL);
    assertThat(told)
        .contains(SAYS + target, "choose another target")
        .doesNotContain("Exception", "defect");
    // What is there is whole; a file that had no room is not there in part.
    int whole = 0;
    try (Stream<Path> files = Files.list(target)) {
      for (Path file : files.toList()) {
        assertThat(file).hasSameBinaryContentAs(tree.resolve(file.getFileName().toString()));
        whole++;
      }
    }
    assertThat(whole).isBetween(1, 299);
    requireRestored(target, "--overwrite=if-changed", "--path", tree.toString());
  }

  private void requireRestored(Path target, String... more) throws IOException {
    List<String> all = new java.util.ArrayList<>(List.of("restore", "--target", target.toString()));
    all.addAll(List.of(more));
    assertThat(device.run(all.toArray(new String[0]))).as(device.err()).isZero();
    TreeComparator.assertEqual(tree, target, "the disk has room again");
  }
}
