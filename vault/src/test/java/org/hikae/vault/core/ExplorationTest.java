package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.hikae.vault.core.Explorer.Found;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Budget: 90 seconds. */
@DisplayName("HK1-V-05 to V-09, V-16")
class ExplorationTest {

  private static final Logger VAULT = Logger.getLogger("org.hikae.vault");

  @BeforeAll
  static void be_quiet() {
    VAULT.setLevel(Level.OFF);
  }

  @AfterAll
  static void speak_again() {
    VAULT.setLevel(null);
  }

  @Test
  void every_promise_holds() {
    long states = 0;
    String only = System.getProperty("scope", "");
    for (Scope scope : Scope.all()) {
      if (!scope.name().startsWith(only)) continue;
      long start = System.nanoTime();
      Found found =
          new Explorer(scope, ExploredWorld.Flaw.NONE)
              .explore(Integer.getInteger("depth", scope.depth()));
      System.err.println(
          scope.name()
              + " "
              + scope.depth()
              + ": "
              + found.states()
              + " states "
              + found.moves()
              + " moves "
              + (System.nanoTime() - start) / 1000000
              + " ms "
              + found.ways()
              + " "
              + (found.broken() == null ? "" : found.broken().getMessage())
              + found.trail());
      states += found.states();
    }
    System.err.println("all " + states);
    assertThat(states).isPositive();
  }
}
