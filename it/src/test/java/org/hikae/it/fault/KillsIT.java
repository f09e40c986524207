package org.hikae.it.fault;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.it.stack.DatabaseLanes;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.TestEffort;
import org.hikae.testing.TestScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Agent, vault, database and portal are killed at random moments of a backup: 30, 15, 10 and 5
 * times, of which a part on H2, where the database dies with its portal. Each kill is followed by a
 * completed backup and an equal restore; at the end every snapshot whose commit was answered, and
 * every object that was acknowledged before a portal died, is there and whole (HK1-S-01, HK1-S-05).
 * A short run of three kills database and portal once, on PostgreSQL: only the real portal has a
 * pool that recovers and a server that starts again. Killed agents and vaults it leaves to {@code
 * InterruptedBackupTest} and {@code VaultKillTest}; by turn it takes a part of all. Both systems
 * are at work at the same time, because the restarts are most of it, and take about as long. Time
 * budget: 300 seconds for both databases beside the systems' start.
 */
@Isolated
@EveryThirdRun
class KillsIT {

  @Test
  void what_was_acknowledged_survives_every_kill_and_the_next_backup_restores() throws Exception {
    long seed = TestEffort.seed();
    int factor = TestEffort.factor();
    String told = "fault loops, seed " + seed;
    System.out.println(told);
    boolean whole = TestScope.ofThisRun().takesAllOf(KillsIT.class);
    AtomicBoolean stopped = new AtomicBoolean();
    DatabaseLanes.run(
        KillsIT.class,
        told,
        kind -> {
          Random random = new Random(seed ^ kind.name().hashCode());
          List<PlannedKill> kills = kills(kind, random, whole, factor);
          System.out.println(new KillRun(kind, told, kills, random, stopped).call());
        });
  }

  private static List<PlannedKill> kills(
      StackDatabase.Kind kind, Random random, boolean whole, int factor) {
    if (!whole) {
      return PlannedKill.shuffled(random, 0, 0, 1, 1);
    }
    List<PlannedKill> all =
        switch (kind) {
          case POSTGRESQL ->
              PlannedKill.shuffled(random, 5 * factor, 5 * factor, 10 * factor, 4 * factor);
          case H2 -> PlannedKill.shuffled(random, 25 * factor, 10 * factor, 0, factor);
        };
    return TestScope.ofThisRun().partOf(KillsIT.class).of(all);
  }
}
