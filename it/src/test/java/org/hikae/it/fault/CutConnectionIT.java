package org.hikae.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.hikae.it.agent.AgentResult;
import org.hikae.it.agent.CountingProxy;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.hikae.testing.TestEffort;
import org.junit.jupiter.api.Test;

/**
 * Every connection of the agent is cut where a random 64 KiB of a pack end, and the backup
 * completes all the same: nothing half is stored by the portal that ships. That a pack is sent and
 * fetched whole wherever it is cut, {@code CutTransferTest} of the agent shows for each 64 KiB of 8
 * MiB. Time budget: 15 seconds beside the systems' start.
 */
@FullRunOnly
class CutConnectionIT {

  private static final int STEP_BYTES = 64 * 1024;

  /** So much is sent by every backup of the changing tree, whatever the seed. */
  private static final int SURE_BYTES = 300_000;

  @Test
  void a_backup_whose_connections_are_cut_completes_and_nothing_half_is_stored() throws Exception {
    DisturbedEmployee disturbedEmployee = DisturbedEmployee.on(StackDatabase.Kind.POSTGRESQL);
    CountingProxy proxy = disturbedEmployee.proxy();
    Random random = new Random(TestEffort.seed());
    int rounds = 8 * TestEffort.factor();
    for (int round = 0; round < rounds; round++) {
      String told = "seed " + TestEffort.seed() + ", round " + round;
      disturbedEmployee.tree().change(random);
      disturbedEmployee.tree().add(SURE_BYTES, random);
      long at = (long) STEP_BYTES * random.nextInt(SURE_BYTES / STEP_BYTES);
      boolean[] cut = new boolean[1];
      proxy.after(
          Math.max(1, at),
          () -> {
            cut[0] = true;
            proxy.cut();
          });
      AgentResult agentResult = disturbedEmployee.backUp();
      assertThat(agentResult.exitCode())
          .as("%s: %s", told, agentResult)
          .isEqualTo(AgentResult.DONE);
      assertThat(cut[0]).as(told).isTrue();
      StoreIntegrity.require(disturbedEmployee.stack().db(), disturbedEmployee.setId(), told);
    }
    disturbedEmployee.completeAndRestore("seed " + TestEffort.seed());
    System.out.println("connections cut, seed " + TestEffort.seed() + ": " + rounds + " times");
  }
}
