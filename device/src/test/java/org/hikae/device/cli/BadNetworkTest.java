package org.hikae.device.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.IntSupplier;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyFixture;
import org.hikae.device.files.TreeComparator;
import org.hikae.device.http.CuttingProxy;
import org.hikae.testing.TestEffort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every connection is cut after a random number of bytes, during whole backups and restores: a run
 * ends well or says that the network is to blame, and running it again comes to an end. Budget: 10
 * seconds.
 */
@Timeout(600)
class BadNetworkTest {

  private static final int NETWORK = 5;

  /** Long enough for two packs and an answer, now and then. */
  private static final long LONGEST_BYTES = 24_000_000;

  private static final int MOST_RUNS = 40;

  @TempDir private Path folder;

  @Test
  void backups_and_restores_come_to_their_end() throws Exception {
    long seed = TestEffort.seed();
    Random random = new Random(seed);
    Path tree = Files.createDirectory(folder.resolve("tree"));
    try (CompanyFixture companyFixture = new CompanyFixture(folder);
        CuttingProxy network = new CuttingProxy(companyFixture.company().address(), seed)) {
      companyFixture.company().reachedBy(network.port());
      AgentHarness device = companyFixture.deviceWithoutVault("device");
      network.cutWithin(LONGEST_BYTES);
      for (int round = 0; round < 3 * TestEffort.factor(); round++) {
        String told = "seed " + seed + ", round " + round;
        byte[] bytes = new byte[random.nextInt(20_000_000)];
        random.nextBytes(bytes);
        Files.write(tree.resolve("file " + round % 3), bytes);
        untilDone(told, device, () -> device.run("backup", tree.toString()));
        Path target = folder.resolve("target " + round);
        untilDone(told, device, () -> device.run(restore(tree, target)));
        TreeComparator.assertEqual(tree, target, told);
      }
      assertThat(network.cuts()).as("seed %s", seed).isPositive();
      assertThat(companyFixture.company().store().committed()).hasSize(3 * TestEffort.factor());
    }
  }

  private static String[] restore(Path tree, Path target) {
    return new String[] {"restore", "--target", target.toString(), "--path", tree.toString()};
  }

  private static void untilDone(String told, AgentHarness device, IntSupplier run) {
    int exit = run.getAsInt();
    for (int runs = 1; exit != 0; runs++) {
      assertThat(exit).as("%s: %s", told, device.err()).isEqualTo(NETWORK);
      assertThat(runs).as(told).isLessThan(MOST_RUNS);
      exit = run.getAsInt();
    }
  }
}
