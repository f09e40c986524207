package org.hikae.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.hikae.it.agent.CountingProxy;
import org.hikae.it.agent.Ran;
import org.hikae.it.stack.Database;
import org.hikae.testing.Effort;
import org.hikae.testing.Full;
import org.junit.jupiter.api.Test;

/**
 * Every connection of the agent is cut where a random 64 KiB of a pack end, and the backup
 * completes all the same: nothing half is stored by the portal that ships. That a pack is sent and
 * fetched whole wherever it is cut, {@code CutEverywhereTest} of the agent shows for each 64 KiB of
 * 8 MiB. Time budget: 15 seconds beside the systems' start.
 */
@Full
class CutIT {

  private static final int STEP_BYTES = 64 * 1024;

  /** So much is sent by every backup of the changing tree, whatever the seed. */
  private static final int SURE_BYTES = 300_000;

  @Test
  void a_backup_whose_connections_are_cut_completes_and_nothing_half_is_stored() throws Exception {
    Household household = Household.on(Database.Kind.POSTGRESQL);
    CountingProxy proxy = household.proxy();
    Random random = new Random(Effort.seed());
    int rounds = 8 * Effort.factor();
    for (int round = 0; round < rounds; round++) {
      String told = "seed " + Effort.seed() + ", round " + round;
      household.tree().change(random);
      household.tree().add(SURE_BYTES, random);
      long at = (long) STEP_BYTES * random.nextInt(SURE_BYTES / STEP_BYTES);
      boolean[] cut = new boolean[1];
      proxy.after(
          Math.max(1, at),
          () -> {
            cut[0] = true;
            proxy.cut();
          });
      Ran ran = household.backUp();
      assertThat(ran.exitCode()).as("%s: %s", told, ran).isEqualTo(Ran.DONE);
      assertThat(cut[0]).as(told).isTrue();
      WholeStore.require(household.stack().db(), household.setId(), told);
    }
    household.completeAndRestore("seed " + Effort.seed());
    System.out.println("connections cut, seed " + Effort.seed() + ": " + rounds + " times");
  }
}
