package org.hikae.vault.exploration;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.exploration.system.Move.Act;
import org.hikae.vault.exploration.system.Move.How;
import org.hikae.vault.exploration.system.Moves;
import org.hikae.vault.testing.VaultWorld;

/** Every exploration of the usual run. */
final class Scopes {

  private Scopes() {}

  static final Set<How> CALM = EnumSet.of(How.ANSWERED);
  static final Set<How> LOSSY = EnumSet.of(How.ANSWERED, How.DROPPED);
  static final Set<How> NETWORK = EnumSet.of(How.ANSWERED, How.DROPPED, How.HELD, How.STRAYED);
  static final Set<How> CRASHES =
      EnumSet.of(
          How.ANSWERED,
          How.DROPPED,
          How.KILL_BEFORE_COMMIT,
          How.KILL_AFTER_COMMIT,
          How.KILL_AFTER_ANCHOR,
          How.KILL_BEFORE_SECOND_COMMIT,
          How.KILL_AFTER_SECOND_COMMIT,
          How.OUTAGE_AFTER_COMMIT,
          How.OUTAGE_BEFORE_SECOND_COMMIT,
          How.ANCHOR_AWAY,
          How.ROOT_AWAY);
  static final Set<How> RACES =
      EnumSet.of(How.ANSWERED, How.MEANWHILE, How.MEANWHILE_ROOT_AWAY, How.ROOT_AWAY);

  static final Set<Act> LOGINS =
      EnumSet.of(
          Act.LOGIN,
          Act.TYPO,
          Act.FETCH,
          Act.WRONG_PROOF,
          Act.GUESS,
          Act.GUESS_UNDER_AN_OLD_ID,
          Act.LOGIN_START_AGAIN,
          Act.LOGIN_FINISH_AGAIN,
          Act.GUESS_AGAIN,
          Act.A_MINUTE,
          Act.A_WEEK,
          Act.OTHER_NODE,
          Act.KILL);

  static final Set<Act> RENEWALS =
      EnumSet.of(
          Act.REG_INIT,
          Act.REG_FINISH,
          Act.EXPOSE,
          Act.THIEF_REG_INIT,
          Act.THIEF_REG_FINISH,
          Act.THIEF_EXPOSE,
          Act.LOGIN,
          Act.TYPO,
          Act.GUESS,
          Act.FETCH,
          Act.RETIRE,
          Act.REPLACE,
          Act.CALL_OFF,
          Act.LOGIN_FINISH_AGAIN,
          Act.A_MINUTE,
          Act.THREE_DAYS);

  static final Set<Act> RESTORES =
      EnumSet.of(
          Act.EXPOSE,
          Act.EXPOSE_AGAIN,
          Act.LOGIN,
          Act.TYPO,
          Act.GUESS,
          Act.FETCH,
          Act.LOGIN_START_AGAIN,
          Act.LOGIN_FINISH_AGAIN,
          Act.A_MINUTE,
          Act.A_WEEK,
          Act.KILL,
          Act.OTHER_NODE,
          Act.BACK_UP,
          Act.RESTORE,
          Act.RESTORE_UNDER_THE_RUNNING_VAULT,
          Act.REOPEN);

  static final Set<Act> ORDERS =
      EnumSet.of(
          Act.FREEZE,
          Act.UNFREEZE,
          Act.DELETE,
          Act.VETO,
          Act.ORDER_AGAIN,
          Act.LOGIN,
          Act.FETCH,
          Act.CALL_OFF,
          Act.GUESS,
          Act.TYPO,
          Act.A_MINUTE,
          Act.THREE_DAYS);

  static final Set<Act> REGISTRATIONS =
      EnumSet.of(
          Act.REG_INIT,
          Act.REG_FINISH,
          Act.EXPOSE,
          Act.LOGIN,
          Act.FETCH,
          Act.REG_INIT_AGAIN,
          Act.REG_FINISH_AGAIN,
          Act.EXPOSE_AGAIN,
          Act.THREE_DAYS,
          Act.OTHER_NODE,
          Act.KILL);

  static final Set<Act> TWO_REGISTER =
      EnumSet.of(
          Act.REG_INIT,
          Act.REG_FINISH,
          Act.EXPOSE,
          Act.REG_INIT_AGAIN,
          Act.REG_FINISH_AGAIN,
          Act.EXPOSE_AGAIN,
          Act.THIEF_REG_INIT,
          Act.THIEF_REG_FINISH,
          Act.THIEF_EXPOSE,
          Act.THREE_DAYS,
          Act.OTHER_NODE);

  static final Set<Act> RACERS =
      EnumSet.of(
          Act.LOGIN_START_AGAIN,
          Act.GUESS_AGAIN,
          Act.GUESS,
          Act.TYPO,
          Act.LOGIN,
          Act.A_MINUTE,
          Act.OTHER_NODE,
          Act.KILL);

  static final Set<Act> TIMES =
      EnumSet.of(
          Act.TYPO,
          Act.GUESS,
          Act.LOGIN,
          Act.FETCH,
          Act.A_MINUTE,
          Act.AN_HOUR,
          Act.A_DAY,
          Act.THREE_DAYS,
          Act.A_WEEK,
          Act.SWEEP);

  // All of them.

  static List<Scope> all() {
    return List.of(
        scope("a registration, crashes", Beginnings::nothing, 4, REGISTRATIONS, CRASHES),
        scope("two registrations, network", Beginnings::nothing, 4, TWO_REGISTER, NETWORK),
        scope("after 8 failures, crashes", Beginnings::eightFailures, 4, LOGINS, CRASHES),
        scope("after 8 failures, network", Beginnings::eightFailures, 4, LOGINS, NETWORK),
        scope("after 8 failures, races", Beginnings::eightFailures, 3, LOGINS, RACES),
        scope("after 48 failures in a life", Beginnings::nearTheEnd, 5, LOGINS, LOSSY),
        scope("a replacement is announced", Beginnings::announced, 5, RENEWALS, CALM),
        scope("a new password", Beginnings::changing, 4, RENEWALS, LOSSY),
        scope("a restored store", Beginnings::backedUp, 5, RESTORES, CALM),
        scope("a store from before Expose", Beginnings::backedUpBeforeExpose, 5, RESTORES, CALM),
        scope("owner's orders", Beginnings::eightFailures, 4, ORDERS, LOSSY),
        scope("a worn-out record", Beginnings::nearlyWornOut, 3, RENEWALS, CALM),
        new Scope("waits", Beginnings::inUse, VaultLimits.WAITS, 6, TIMES, CALM, Set.of()));
  }

  private static Scope scope(
      String name, Consumer<Moves> beginning, int depth, Set<Act> acts, Set<How> hows) {
    return new Scope(name, beginning, VaultWorld.NO_WAITS, depth, acts, hows, RACERS);
  }

  static Scope named(String name) {
    return all().stream().filter(scope -> scope.name().equals(name)).findFirst().orElseThrow();
  }
}
