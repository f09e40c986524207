package org.hikae.device.cli.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.AgentProcess;
import org.hikae.device.cli.harness.CompanyFixture;
import org.hikae.device.cli.harness.DirectoryTrees;
import org.hikae.device.company.FakeCompany;
import org.hikae.device.company.KillDuringTransfer;
import org.hikae.device.files.TreeComparator;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.TestEffort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Restores in processes of their own are killed; what has a name by then is whole, and the same
 * command with {@code --overwrite=if-changed} does the rest. Budget: 15 seconds.
 */
@Timeout(300)
@EveryThirdRun
class InterruptedRestoreTest {

  private static final String OBJECT = "GET /api/v1/device/objects/";

  @TempDir private Path folder;
  private FakeCompany company;
  private CompanyFixture companyFixture;
  private AgentHarness device;
  private Path home;
  private Path tree;
  private Path target;

  @BeforeEach
  void backUp() throws Exception {
    companyFixture = new CompanyFixture(folder);
    company = companyFixture.company();
    device = companyFixture.deviceWithoutVault("device");
    home = folder.resolve("device/hikae");
    tree = tree();
    target = folder.resolve("target");
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
  }

  @AfterEach
  void stop() throws IOException {
    companyFixture.close();
  }

  private Path tree() throws IOException {
    Path made = Files.createDirectory(folder.resolve("tree"));
    Random random = new Random(8);
    for (int i = 0; i < 5; i++) {
      Path below = Files.createDirectory(made.resolve("directory " + i));
      write(below.resolve("large"), random, 2_000_000);
      for (int j = 0; j < 100; j++) {
        write(below.resolve("small " + j), random, 37 * j);
      }
      Files.createLink(below.resolve("the same"), below.resolve("large"));
      Files.createSymbolicLink(below.resolve("link"), Path.of("small 7"));
    }
    return made;
  }

  private static void write(Path file, Random random, int length) throws IOException {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    Files.write(file, bytes);
  }

  @Test
  void a_killed_restore_leaves_whole_files_and_is_ended_by_the_same_command() throws Exception {
    long seed = TestEffort.seed();
    Random random = new Random(seed);
    int files = assertWhole("the tree itself", tree);
    int cutShort = 0;
    for (int i = 0; i < TestEffort.times(InterruptedRestoreTest.class, 2, 1); i++) {
      int object = random.nextInt(3);
      boolean _ = interrupted("object " + object + ", seed " + seed, killedAtObject(object));
      int named = 1 + random.nextInt(files - 1);
      String point = named + " files named, seed " + seed;
      cutShort += interrupted(point, killedWithNames(named)) ? 1 : 0;
    }
    assertThat(cutShort).as("restores that ended between the first file and the last").isPositive();
  }

  /** Kills a process at some point of its restore; returns when it is gone. */
  private interface Killer {
    void kill(Process agent) throws Exception;
  }

  private Killer killedAtObject(int object) {
    AtomicInteger asked = new AtomicInteger();
    KillDuringTransfer watch =
        new KillDuringTransfer(
            new KillDuringTransfer.KillPoint() {
              @Override
              public void asked(KillDuringTransfer watch, String request) throws IOException {
                if (request.startsWith(OBJECT) && asked.getAndIncrement() == object) {
                  watch.kill();
                }
              }
            });
    company.watchedBy(watch);
    return agent -> {
      watch.victim(agent);
      assertThat(agent.waitFor(60, TimeUnit.SECONDS)).isTrue();
    };
  }

  private Killer killedWithNames(int count) {
    company.watchedBy(new KillDuringTransfer(new KillDuringTransfer.KillPoint() {}));
    return agent -> {
      while (agent.isAlive() && regularFiles(target).size() < count) {
        Thread.onSpinWait();
      }
      agent.destroyForcibly().waitFor();
    };
  }

  private String[] restore() {
    return new String[] {
      "restore", "--target", target.toString(), "--path", tree.toString(), "--overwrite=if-changed"
    };
  }

  /** Returns whether some files had their names when the process was gone, and some had not. */
  private boolean interrupted(String point, Killer killer) throws Exception {
    killer.kill(AgentProcess.start(home, folder.resolve("agent.log"), true, restore()));
    int named = assertWhole(point, target);
    company.watchedBy(new KillDuringTransfer(new KillDuringTransfer.KillPoint() {}));
    assertThat(device.run(restore())).as("%s: %s", point, device.err()).isZero();
    assertSame(point);
    return named > 0 && named < assertWhole(point, tree);
  }

  private static List<Path> regularFiles(Path below) throws IOException {
    try (Stream<Path> all = Files.walk(below)) {
      return all.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)).toList();
    } catch (NoSuchFileException | UncheckedIOException e) {
      return List.of();
    }
  }

  private int assertWhole(String point, Path below) throws IOException {
    List<Path> files = regularFiles(below);
    for (Path file : files) {
      assertThat(tree.resolve(below.relativize(file)))
          .as("%s: %s", point, file)
          .hasSameBinaryContentAs(file);
    }
    return files.size();
  }

  private void assertSame(String point) throws Exception {
    TreeComparator.assertEqual(tree, target, point);
    DirectoryTrees.delete(target);
  }
}
