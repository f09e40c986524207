package org.hikae.vault.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.TestEffort;
import org.hikae.testing.TestScope;
import org.hikae.vault.exploration.MutatedVault.SourceEdit;
import org.hikae.vault.exploration.StateExplorer.Violation;
import org.hikae.vault.exploration.system.ExploredSystem.BrokenContract;
import org.hikae.vault.exploration.system.Invariant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every sequence of moves of a scope up to its depth, over the real state machine: what devices, a
 * thief, the network, crashes, two processes, time, backups and custodians can do. {@code
 * hikae.factor} above 1 makes each sequence one move longer. Budget: 90 seconds.
 */
@DisplayName("HK1-V-05 to V-09, V-14, V-16, V-22: every order of events")
@EveryThirdRun
class ExplorationTest {

  private static final Logger LOG = System.getLogger("org.hikae.exploration");

  /**
   * Those with most situations; a short run makes their sequences one move shorter. Two short runs
   * of three make all sequences one move shorter still.
   */
  private static final Set<String> LARGEST =
      Set.of(
          "after 8 failures, crashes",
          "a replacement is announced",
          "a restored store",
          "a store from before Expose",
          "waits");

  @RegisterExtension
  private static final ExplorationTotals TOTALS = new ExplorationTotals("Explored");

  static Stream<Exploration> scopes() {
    return Explorations.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scopes")
  void every_promise_holds(Exploration exploration) {
    int depth = depth(exploration);

    Violation violation =
        new StateExplorer(
                exploration, BrokenContract.NONE, owners(exploration), KnownAttacks.broken())
            .explore(depth);

    TOTALS.add(exploration, depth, violation);
    assertThat(violation.brokenBy()).isEmpty();
    assertThat(violation.states()).isGreaterThan(isShallow() ? 20 : 500);
  }

  /** 0 for what a short run shortens: everything, or what is not of the part that has its turn. */
  private static int tries(Exploration exploration) {
    boolean turn =
        TestScope.ofThisRun()
            .partOf(ExplorationTest.class)
            .of(Explorations.all().stream().map(Exploration::name).toList())
            .contains(exploration.name());
    return turn ? TestEffort.times(ExplorationTest.class, 1, 0) : 0;
  }

  private static int depth(Exploration exploration) {
    int tries = tries(exploration);
    int shorter = tries == 0 && LARGEST.contains(exploration.name()) ? 1 : 0;
    int shallower = isShallow() ? 1 : 0;
    return exploration.depth() - shorter - shallower + (tries > 1 ? 1 : 0);
  }

  /** Whether it is not the turn of the vault's third. */
  private static boolean isShallow() {
    return !TestScope.ofThisRun().takesThirdOf(ExplorationTest.class);
  }

  /**
   * Who has the owner key in each run, and others in a whole one. A silent portal before a new
   * device is left to {@link KnownAttacksTest}.
   */
  private static Set<HonestEmployee> owners(Exploration exploration) {
    return tries(exploration) == 0
        ? EnumSet.of(HonestEmployee.WITH_THE_KEY)
        : EnumSet.range(HonestEmployee.WITH_THE_KEY, HonestEmployee.WITHOUT_THE_KEY);
  }

  private static Violation planted(Exploration exploration, BrokenContract brokenContract) {
    return new StateExplorer(exploration, brokenContract, Set.of(), Set.of())
        .explore(exploration.depth());
  }

  @Test
  void the_explorer_finds_an_anchor_that_forgets() {
    Exploration exploration = Explorations.named("a restored store");

    Violation violation = planted(exploration, BrokenContract.FORGETFUL_ANCHOR);

    assertThat(violation.brokenBy()).startsWith(Invariant.A_RESTORED_STORE_IS_NOTICED + ":");
    LOG.log(Logger.Level.INFO, "Planted anchor: {0}", violation.brokenBy());
  }

  @Test
  void the_explorer_finds_a_store_that_says_committed_too_early() {
    Exploration exploration = Explorations.named("a registration, crashes");

    Violation violation = planted(exploration, BrokenContract.HASTY_STORE);

    assertThat(violation.brokenBy()).startsWith(Invariant.NOTHING_ACKNOWLEDGED_IS_LOST + ":");
    LOG.log(Logger.Level.INFO, "Planted store: {0}", violation.brokenBy());
  }

  @Test
  void the_explorer_finds_a_wrong_proof_that_starts_the_count_anew(@TempDir Path into)
      throws Exception {
    String broken =
        MutatedVault.explore(
            "after 8 failures, network",
            into,
            new SourceEdit(
                "core/LoginHandler",
                "account.put(attempt.closed());",
                "account.put(attempt.closed()); account.put(account.counts().lockedOut());"));

    assertThat(broken).startsWith(Invariant.TEN_IN_A_ROW + ":");
    LOG.log(Logger.Level.INFO, "Planted count: {0}", broken);
  }

  @Test
  void the_explorer_finds_a_charge_taken_back_although_it_was_answered(@TempDir Path into)
      throws Exception {
    String broken =
        MutatedVault.explore(
            "after 8 failures, races",
            into,
            new SourceEdit(
                "core/LoginHandler",
                "there.isEmpty() || !unanswered.isCertain(accountTransaction, charged)",
                "there.isEmpty()"));

    assertThat(broken).startsWith(Invariant.A_CHARGE_SERVES_ONCE + ":");
    LOG.log(Logger.Level.INFO, "Planted refund: {0}", broken);
  }

  @Test
  void the_explorer_finds_another_guess_under_an_old_id(@TempDir Path into) throws Exception {
    String broken =
        MutatedVault.explore(
            "after 8 failures, network",
            into,
            new SourceEdit(
                "core/LoginHandler", "earlier.requestHash().equals(requestHash)", "true"));

    assertThat(broken).startsWith(Invariant.A_CHARGE_SERVES_ONCE + ":");
    LOG.log(Logger.Level.INFO, "Planted repeat: {0}", broken);
  }
}
