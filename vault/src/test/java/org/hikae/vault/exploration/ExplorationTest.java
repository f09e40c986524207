package org.hikae.vault.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hikae.testing.Effort;
import org.hikae.vault.core.Vault;
import org.hikae.vault.exploration.Explorer.Found;
import org.hikae.vault.exploration.Explorer.Step;
import org.hikae.vault.exploration.Planted.Edit;
import org.hikae.vault.exploration.system.ExploredWorld.Flaw;
import org.hikae.vault.exploration.system.Promise;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every sequence of moves of a scope up to its depth, over the real state machine: what devices, a
 * thief, the network, crashes, two processes, time, backups and keepers can do. {@code
 * hikae.factor} above 1 makes each sequence one move longer. Budget: 90 seconds.
 */
@DisplayName("HK1-V-05 to V-09, V-14, V-16, V-22: every order of events")
class ExplorationTest {

  private static final Logger LOG = System.getLogger("org.hikae.vault.explored");
  private static final java.util.logging.Logger LOUD =
      java.util.logging.Logger.getLogger(Vault.class.getPackageName());

  /** Those with most situations; a short run makes their sequences one move shorter. */
  private static final Set<String> LARGEST =
      Set.of(
          "after 8 failures, crashes",
          "a replacement is announced",
          "a restored store",
          "a store from before Expose",
          "waits");

  private static final Map<Step, Long> WAYS = new HashMap<>();
  private static long states;
  private static long moves;

  /** Half a million messages are not worth a line each. */
  @BeforeAll
  static void be_quiet() {
    LOUD.setLevel(java.util.logging.Level.OFF);
  }

  @AfterAll
  static void speak_again() {
    LOUD.setLevel(null);
    LOG.log(Logger.Level.INFO, "Explored in all: {0} states, {1} moves", states, moves);
    WAYS.forEach((step, from) -> LOG.log(Logger.Level.INFO, "{0}: from {1} states", step, from));
  }

  static Stream<Scope> scopes() {
    return Scopes.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scopes")
  void every_promise_holds(Scope scope) {
    int depth = depth(scope);

    Found found = new Explorer(scope, Flaw.NONE, owners(), Faults.broken()).explore(depth);

    LOG.log(
        Logger.Level.INFO,
        "{0}: {1} states, {2} moves, all up to {3} in a row; ways on {4}",
        scope.name(),
        found.states(),
        found.moves(),
        depth,
        found.ways());
    states += found.states();
    moves += found.moves();
    found.ways().forEach((way, from) -> WAYS.merge(way, from, Long::sum));
    assertThat(found.brokenBy()).isEmpty();
    assertThat(found.states()).isGreaterThan(500);
  }

  private static int depth(Scope scope) {
    int tries = Effort.times(ExplorationTest.class, 1, 0);
    int shorter = tries == 0 && LARGEST.contains(scope.name()) ? 1 : 0;
    return scope.depth() - shorter + (tries > 1 ? 1 : 0);
  }

  /** Who has the owner key in each run, and all in a whole one. */
  private static Set<Who> owners() {
    return Effort.times(ExplorationTest.class, 1, 0) == 0
        ? EnumSet.of(Who.WITH_THE_KEY)
        : EnumSet.allOf(Who.class);
  }

  private static Found planted(Scope scope, Flaw flaw) {
    return new Explorer(scope, flaw, Set.of(), Set.of()).explore(scope.depth());
  }

  @Test
  void the_explorer_finds_an_anchor_that_forgets() {
    Scope scope = Scopes.named("a restored store");

    Found found = planted(scope, Flaw.FORGETFUL_ANCHOR);

    assertThat(found.brokenBy()).startsWith(Promise.A_RESTORED_STORE_IS_NOTICED + ":");
    LOG.log(Logger.Level.INFO, "Planted anchor: {0}", found.brokenBy());
  }

  @Test
  void the_explorer_finds_a_store_that_says_committed_too_early() {
    Scope scope = Scopes.named("a registration, crashes");

    Found found = planted(scope, Flaw.HASTY_STORE);

    assertThat(found.brokenBy()).startsWith(Promise.NOTHING_ACKNOWLEDGED_IS_LOST + ":");
    LOG.log(Logger.Level.INFO, "Planted store: {0}", found.brokenBy());
  }

  @Test
  void the_explorer_finds_a_wrong_proof_that_starts_the_count_anew(@TempDir Path into)
      throws Exception {
    String broken =
        Planted.explore(
            "after 8 failures, network",
            into,
            new Edit(
                "core/Login",
                "account.put(attempt.closed());",
                "account.put(attempt.closed()); account.put(account.counts().lockedOut());"));

    assertThat(broken).startsWith(Promise.TEN_IN_A_ROW + ":");
    LOG.log(Logger.Level.INFO, "Planted count: {0}", broken);
  }

  @Test
  void the_explorer_finds_a_charge_taken_back_although_it_was_answered(@TempDir Path into)
      throws Exception {
    String broken =
        Planted.explore(
            "after 8 failures, races",
            into,
            new Edit(
                "core/Login",
                "there.isEmpty() || !unanswered.isCertain(unit, charged)",
                "there.isEmpty()"));

    assertThat(broken).startsWith(Promise.A_CHARGE_SERVES_ONCE + ":");
    LOG.log(Logger.Level.INFO, "Planted refund: {0}", broken);
  }

  @Test
  void the_explorer_finds_another_guess_under_an_old_id(@TempDir Path into) throws Exception {
    String broken =
        Planted.explore(
            "after 8 failures, network",
            into,
            new Edit("core/Login", "earlier.requestHash().equals(requestHash)", "true"));

    assertThat(broken).startsWith(Promise.A_CHARGE_SERVES_ONCE + ":");
    LOG.log(Logger.Level.INFO, "Planted repeat: {0}", broken);
  }
}
