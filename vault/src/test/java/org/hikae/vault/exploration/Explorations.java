package org.hikae.vault.exploration;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.exploration.system.ActionExecutor;
import org.hikae.vault.exploration.system.SystemAction.ActionKind;
import org.hikae.vault.exploration.system.SystemAction.Delivery;
import org.hikae.vault.testing.VaultFixture;

/** Every exploration of the usual run. */
final class Explorations {

  private Explorations() {}

  static final Set<Delivery> CALM = EnumSet.of(Delivery.ANSWERED);
  static final Set<Delivery> LOSSY = EnumSet.of(Delivery.ANSWERED, Delivery.DROPPED);
  static final Set<Delivery> NETWORK =
      EnumSet.of(Delivery.ANSWERED, Delivery.DROPPED, Delivery.HELD, Delivery.STRAYED);
  static final Set<Delivery> CRASHES =
      EnumSet.of(
          Delivery.ANSWERED,
          Delivery.DROPPED,
          Delivery.KILL_BEFORE_COMMIT,
          Delivery.KILL_AFTER_COMMIT,
          Delivery.KILL_AFTER_ANCHOR,
          Delivery.KILL_BEFORE_SECOND_COMMIT,
          Delivery.KILL_AFTER_SECOND_COMMIT,
          Delivery.OUTAGE_AFTER_COMMIT,
          Delivery.OUTAGE_BEFORE_SECOND_COMMIT,
          Delivery.ANCHOR_AWAY,
          Delivery.ROOT_AWAY);
  static final Set<Delivery> RACES =
      EnumSet.of(
          Delivery.ANSWERED, Delivery.MEANWHILE, Delivery.MEANWHILE_ROOT_AWAY, Delivery.ROOT_AWAY);

  static final Set<ActionKind> LOGINS =
      EnumSet.of(
          ActionKind.LOGIN,
          ActionKind.TYPO,
          ActionKind.FETCH,
          ActionKind.WRONG_PROOF,
          ActionKind.GUESS,
          ActionKind.GUESS_UNDER_AN_OLD_ID,
          ActionKind.LOGIN_START_AGAIN,
          ActionKind.LOGIN_FINISH_AGAIN,
          ActionKind.GUESS_AGAIN,
          ActionKind.A_MINUTE,
          ActionKind.A_WEEK,
          ActionKind.OTHER_NODE,
          ActionKind.KILL);

  static final Set<ActionKind> RENEWALS =
      EnumSet.of(
          ActionKind.REG_INIT,
          ActionKind.REG_FINISH,
          ActionKind.EXPOSE,
          ActionKind.THIEF_REG_INIT,
          ActionKind.THIEF_REG_FINISH,
          ActionKind.THIEF_EXPOSE,
          ActionKind.LOGIN,
          ActionKind.TYPO,
          ActionKind.GUESS,
          ActionKind.FETCH,
          ActionKind.RETIRE,
          ActionKind.REPLACE,
          ActionKind.CALL_OFF,
          ActionKind.LOGIN_FINISH_AGAIN,
          ActionKind.A_MINUTE,
          ActionKind.THREE_DAYS);

  static final Set<ActionKind> RESTORES =
      EnumSet.of(
          ActionKind.EXPOSE,
          ActionKind.EXPOSE_AGAIN,
          ActionKind.LOGIN,
          ActionKind.TYPO,
          ActionKind.GUESS,
          ActionKind.FETCH,
          ActionKind.LOGIN_START_AGAIN,
          ActionKind.LOGIN_FINISH_AGAIN,
          ActionKind.A_MINUTE,
          ActionKind.A_WEEK,
          ActionKind.KILL,
          ActionKind.OTHER_NODE,
          ActionKind.BACK_UP,
          ActionKind.RESTORE,
          ActionKind.RESTORE_UNDER_THE_RUNNING_VAULT,
          ActionKind.REOPEN);

  static final Set<ActionKind> ORDERS =
      EnumSet.of(
          ActionKind.FREEZE,
          ActionKind.UNFREEZE,
          ActionKind.DELETE,
          ActionKind.VETO,
          ActionKind.ORDER_AGAIN,
          ActionKind.LOGIN,
          ActionKind.FETCH,
          ActionKind.CALL_OFF,
          ActionKind.GUESS,
          ActionKind.TYPO,
          ActionKind.A_MINUTE,
          ActionKind.THREE_DAYS);

  static final Set<ActionKind> REGISTRATIONS =
      EnumSet.of(
          ActionKind.REG_INIT,
          ActionKind.REG_FINISH,
          ActionKind.EXPOSE,
          ActionKind.LOGIN,
          ActionKind.FETCH,
          ActionKind.REG_INIT_AGAIN,
          ActionKind.REG_FINISH_AGAIN,
          ActionKind.EXPOSE_AGAIN,
          ActionKind.THREE_DAYS,
          ActionKind.OTHER_NODE,
          ActionKind.KILL);

  static final Set<ActionKind> TWO_REGISTER =
      EnumSet.of(
          ActionKind.REG_INIT,
          ActionKind.REG_FINISH,
          ActionKind.EXPOSE,
          ActionKind.REG_INIT_AGAIN,
          ActionKind.REG_FINISH_AGAIN,
          ActionKind.EXPOSE_AGAIN,
          ActionKind.THIEF_REG_INIT,
          ActionKind.THIEF_REG_FINISH,
          ActionKind.THIEF_EXPOSE,
          ActionKind.THREE_DAYS,
          ActionKind.OTHER_NODE);

  static final Set<ActionKind> RACERS =
      EnumSet.of(
          ActionKind.LOGIN_START_AGAIN,
          ActionKind.GUESS_AGAIN,
          ActionKind.GUESS,
          ActionKind.TYPO,
          ActionKind.LOGIN,
          ActionKind.A_MINUTE,
          ActionKind.OTHER_NODE,
          ActionKind.KILL);

  static final Set<ActionKind> TIMES =
      EnumSet.of(
          ActionKind.TYPO,
          ActionKind.GUESS,
          ActionKind.LOGIN,
          ActionKind.FETCH,
          ActionKind.A_MINUTE,
          ActionKind.AN_HOUR,
          ActionKind.A_DAY,
          ActionKind.THREE_DAYS,
          ActionKind.A_WEEK,
          ActionKind.SWEEP);

  // All of them.

  static List<Exploration> all() {
    return List.of(
        scope("a registration, crashes", InitialStates::nothing, 4, REGISTRATIONS, CRASHES),
        scope("two registrations, network", InitialStates::nothing, 4, TWO_REGISTER, NETWORK),
        scope("after 8 failures, crashes", InitialStates::eightFailures, 4, LOGINS, CRASHES),
        scope("after 8 failures, network", InitialStates::eightFailures, 4, LOGINS, NETWORK),
        scope("after 8 failures, races", InitialStates::eightFailures, 3, LOGINS, RACES),
        scope("after 48 failures in a life", InitialStates::nearTheEnd, 5, LOGINS, LOSSY),
        scope("a replacement is announced", InitialStates::announced, 5, RENEWALS, CALM),
        scope("a new password", InitialStates::changing, 4, RENEWALS, LOSSY),
        scope("a restored store", InitialStates::backedUp, 5, RESTORES, CALM),
        scope("a store from before Expose", InitialStates::backedUpBeforeExpose, 5, RESTORES, CALM),
        scope("owner's orders", InitialStates::eightFailures, 4, ORDERS, LOSSY),
        scope("a worn-out record", InitialStates::nearlyWornOut, 3, RENEWALS, CALM),
        new Exploration(
            "waits", InitialStates::inUse, VaultLimits.WAITS, 6, TIMES, CALM, Set.of()));
  }

  private static Exploration scope(
      String name,
      Consumer<ActionExecutor> beginning,
      int depth,
      Set<ActionKind> acts,
      Set<Delivery> hows) {
    return new Exploration(name, beginning, VaultFixture.NO_WAITS, depth, acts, hows, RACERS);
  }

  static Exploration named(String name) {
    return all().stream()
        .filter(exploration -> exploration.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
