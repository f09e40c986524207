package org.hikae.it.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One kill that is to come.
 *
 * @param victim what is killed
 * @param number of this victim on this system, from 0
 * @param random decides everything about it
 */
record PlannedKill(Victim victim, int number, Random random) {

  /** What can be killed. */
  enum Victim {
    AGENT,
    VAULT,
    DATABASE,
    PORTAL
  }

  /** So many kills of each victim, in any order. */
  static List<PlannedKill> shuffled(
      Random random, int agents, int vaults, int databases, int portals) {
    List<PlannedKill> kills = new ArrayList<>();
    add(kills, Victim.AGENT, agents, random);
    add(kills, Victim.VAULT, vaults, random);
    add(kills, Victim.DATABASE, databases, random);
    add(kills, Victim.PORTAL, portals, random);
    Collections.shuffle(kills, random);
    return kills;
  }

  private static void add(List<PlannedKill> kills, Victim victim, int count, Random random) {
    for (int i = 0; i < count; i++) {
      kills.add(new PlannedKill(victim, i, new Random(random.nextLong())));
    }
  }

  @Override
  public String toString() {
    return "kill " + number + " of the " + victim;
  }
}
