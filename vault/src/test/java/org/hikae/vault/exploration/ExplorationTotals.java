package org.hikae.vault.exploration;

import java.lang.System.Logger;
import java.util.HashMap;
import java.util.Map;
import org.hikae.vault.exploration.StateExplorer.NeededStep;
import org.hikae.vault.exploration.StateExplorer.Violation;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What the explorations of a class came to in all, which is told when they have ended. Meanwhile
 * the vault logs nothing: half a million messages are not worth a line each.
 */
final class ExplorationTotals implements BeforeAllCallback, AfterAllCallback {

  private static final Logger LOG = System.getLogger("org.hikae.exploration");
  private static final java.util.logging.Logger LOUD =
      java.util.logging.Logger.getLogger("org.hikae.vault");

  private final String what;
  private final Map<NeededStep, Long> neededSteps = new HashMap<>();
  private long states;
  private long moves;

  ExplorationTotals(String what) {
    this.what = what;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    LOUD.setLevel(java.util.logging.Level.OFF);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    LOUD.setLevel(null);
    LOG.log(Logger.Level.INFO, "{0} in all: {1} states, {2} moves", what, states, moves);
    neededSteps.forEach(
        (step, from) -> LOG.log(Logger.Level.INFO, "{0}: from {1} states", step, from));
  }

  /** Adds what was found up to so many moves in a row. */
  void add(Exploration exploration, int depth, Violation violation) {
    LOG.log(
        Logger.Level.INFO,
        "{0}: {1} states, {2} moves, all up to {3} in a row; ways on {4}",
        exploration.name(),
        violation.states(),
        violation.moves(),
        depth,
        violation.neededSteps());
    states += violation.states();
    moves += violation.moves();
    violation.neededSteps().forEach((step, from) -> neededSteps.merge(step, from, Long::sum));
  }
}
