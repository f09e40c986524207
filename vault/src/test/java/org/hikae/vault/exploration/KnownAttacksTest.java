package org.hikae.vault.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.TestEffort;
import org.hikae.vault.exploration.StateExplorer.Violation;
import org.hikae.vault.exploration.system.ExploredSystem.BrokenContract;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every sequence of moves with a portal, a database, a clock or a device against the employee, and
 * from each state the ways on of employees with and without the owner key. Finds every {@link
 * KnownAttack}, in the vault that has it or in one into which it is put back.
 */
@DisplayName("HK1-V-05 to V-22: hostile players")
@EveryThirdRun
class KnownAttacksTest {

  private static final Logger LOG = System.getLogger("org.hikae.exploration");

  @RegisterExtension
  private static final ExplorationTotals TOTALS = new ExplorationTotals("Hostile players");

  static Stream<Exploration> scopes() {
    return HostileExplorations.all().stream();
  }

  /** A short run makes one move less. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("scopes")
  void every_promise_holds(Exploration exploration) {
    int tries = TestEffort.times(KnownAttacksTest.class, 1, 0);
    int depth = exploration.depth() - (tries == 0 ? 1 : 0) + (tries > 1 ? 1 : 0);

    Violation violation =
        new StateExplorer(
                exploration,
                BrokenContract.NONE,
                EnumSet.allOf(HonestEmployee.class),
                KnownAttacks.broken())
            .explore(depth);

    TOTALS.add(exploration, depth, violation);
    assertThat(violation.brokenBy()).isEmpty();
    assertThat(violation.states()).isGreaterThan(20);
  }

  static Stream<KnownAttack> faults() {
    return KnownAttacks.ALL.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void every_fault_is_found(KnownAttack knownAttack, @TempDir Path into) throws Exception {
    String broken =
        knownAttack.isOpen()
            ? StateExplorer.brokenBy(knownAttack.name())
            : MutatedVault.find(knownAttack, into);

    LOG.log(
        Logger.Level.INFO,
        "{0}, {1}: {2}",
        knownAttack,
        knownAttack.isOpen() ? "open" : "put back",
        broken);
    assertThat(broken)
        .startsWith(knownAttack.promise() + ": ")
        .endsWith(", by [" + knownAttack.trace() + "]");
  }
}
