package org.hikae.it.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.it.stack.Database;
import org.hikae.testing.Effort;
import org.hikae.testing.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Agent, vault, database and portal are killed at random moments of a backup: 30, 15, 10 and 5
 * times, of which a part on H2, where the database dies with its portal. Each kill is followed by a
 * completed backup and an equal restore; at the end every snapshot whose commit was answered, and
 * every object that was acknowledged before a portal died, is there and whole (HK1-S-01, HK1-S-05).
 * A short run kills each once, on PostgreSQL. Both systems are at work at the same time, because
 * the restarts are most of it, and take about as long. Time budget: 300 seconds for both databases
 * beside the systems' start.
 */
@Isolated
class KillsIT {

  @Test
  void what_was_acknowledged_survives_every_kill_and_the_next_backup_restores() throws Exception {
    long seed = Effort.seed();
    int factor = Effort.factor();
    String told = "fault loops, seed " + seed;
    System.out.println(told);
    Random random = new Random(seed);
    AtomicBoolean stopped = new AtomicBoolean();
    List<FutureTask<String>> lanes = new ArrayList<>();
    if (Scope.ofThisRun().takesAllOf(KillsIT.class)) {
      List<Kill> kills = Kill.shuffled(random, 5 * factor, 5 * factor, 10 * factor, 4 * factor);
      lanes.add(lane(Database.Kind.POSTGRESQL, told, kills, random, stopped));
      kills = Kill.shuffled(random, 25 * factor, 10 * factor, 0, factor);
      lanes.add(lane(Database.Kind.H2, told, kills, random, stopped));
    } else {
      List<Kill> kills = Kill.shuffled(random, 1, 1, 1, 1);
      lanes.add(lane(Database.Kind.POSTGRESQL, told, kills, random, stopped));
    }
    AssertionError failed = null;
    for (FutureTask<String> lane : lanes) {
      try {
        System.out.println(lane.get());
      } catch (ExecutionException e) {
        AssertionError error = new AssertionError(told, e.getCause());
        if (failed == null) {
          failed = error;
        } else {
          failed.addSuppressed(error);
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private static FutureTask<String> lane(
      Database.Kind kind, String told, List<Kill> kills, Random random, AtomicBoolean stopped) {
    Random own = new Random(random.nextLong());
    FutureTask<String> lane = new FutureTask<>(new KillLane(kind, told, kills, own, stopped));
    Thread.ofPlatform().name("kills " + kind).start(lane);
    return lane;
  }
}
