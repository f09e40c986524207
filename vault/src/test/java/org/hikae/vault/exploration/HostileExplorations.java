package org.hikae.vault.exploration;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.hikae.vault.exploration.system.ActionExecutor;
import org.hikae.vault.exploration.system.SystemAction.ActionKind;
import org.hikae.vault.exploration.system.SystemAction.Delivery;
import org.hikae.vault.testing.VaultFixture;

/** Explorations in which the portal, the database or the clock is against the employee. */
final class HostileExplorations {

  private HostileExplorations() {}

  /** A token that other machines use, too: a call of it may take too long. */
  static final Set<Delivery> TIME_OUTS =
      EnumSet.of(
          Delivery.ANSWERED,
          Delivery.DROPPED,
          Delivery.ROOT_AWAY,
          Delivery.CODE_AWAY,
          Delivery.SIGNATURE_AWAY);

  /**
   * The portal has a fresh token of the employee, makes up keys, and lets through what it likes.
   */
  static final Set<ActionKind> PORTAL =
      EnumSet.of(
          ActionKind.THIEF_EXPOSE,
          ActionKind.STATUS,
          ActionKind.LOGIN,
          ActionKind.FETCH,
          ActionKind.CALL_OFF,
          ActionKind.VETO,
          ActionKind.A_DAY,
          ActionKind.THREE_DAYS,
          ActionKind.A_MONTH,
          ActionKind.SWEEP);

  static final Set<ActionKind> STOLEN_DEVICE =
      EnumSet.of(
          ActionKind.STOLEN_FREEZE,
          ActionKind.UNFREEZE,
          ActionKind.LOGIN,
          ActionKind.FETCH,
          ActionKind.GUESS,
          ActionKind.A_DAY,
          ActionKind.A_WEEK);

  static final Set<ActionKind> CLAIMS =
      EnumSet.of(ActionKind.CLAIM, ActionKind.REG_INIT, ActionKind.A_MONTH);

  static final Set<ActionKind> LOGIN_ROWS =
      EnumSet.of(
          ActionKind.GUESS,
          ActionKind.GUESS_AGAIN,
          ActionKind.LOGIN,
          ActionKind.LOGIN_START_AGAIN,
          ActionKind.FETCH,
          ActionKind.LOGIN_FINISH_AGAIN,
          ActionKind.DROP_LOGIN_ROWS,
          ActionKind.ROLL_BACK_ACCOUNT,
          ActionKind.ROLL_BACK_SECRETS,
          ActionKind.PUT_BACK,
          ActionKind.A_MINUTE,
          ActionKind.KILL);

  static final Set<ActionKind> LEDGER_ROWS =
      EnumSet.of(
          ActionKind.EDIT_ROWS,
          ActionKind.DELETE_ROWS,
          ActionKind.PUT_BACK,
          ActionKind.STATUS,
          ActionKind.EVENTS,
          ActionKind.REG_FINISH_AGAIN,
          ActionKind.EXPOSE_AGAIN,
          ActionKind.LOGIN,
          ActionKind.FETCH,
          ActionKind.CALL_OFF,
          ActionKind.A_MONTH,
          ActionKind.SWEEP,
          ActionKind.KILL,
          ActionKind.REOPEN);

  static final Set<ActionKind> ROLLBACKS =
      EnumSet.of(
          ActionKind.RESTORE_WITH_ANCHOR,
          ActionKind.STATUS,
          ActionKind.LOGIN,
          ActionKind.FETCH,
          ActionKind.GUESS,
          ActionKind.DELETE_SEAL,
          ActionKind.REOPEN,
          ActionKind.KILL,
          ActionKind.A_MINUTE);

  static final Set<ActionKind> FORKS =
      EnumSet.of(
          ActionKind.RESTORE_WITH_ANCHOR,
          ActionKind.STATUS,
          ActionKind.GUESS,
          ActionKind.DELETE_ROWS,
          ActionKind.PUT_BACK,
          ActionKind.KILL);

  static final Set<ActionKind> CLOCK =
      EnumSet.of(
          ActionKind.CLOCK_AHEAD,
          ActionKind.CLOCK_RIGHT,
          ActionKind.SWEEP,
          ActionKind.STATUS,
          ActionKind.LOGIN,
          ActionKind.FETCH,
          ActionKind.VETO,
          ActionKind.KILL,
          ActionKind.A_DAY,
          ActionKind.THREE_DAYS);

  static final Set<ActionKind> CUSTODIANS =
      EnumSet.of(
          ActionKind.CUSTODIANS_DELETE,
          ActionKind.CUSTODIANS_DELETE_AGAIN,
          ActionKind.VETO,
          ActionKind.STATUS,
          ActionKind.LOGIN,
          ActionKind.CALL_OFF,
          ActionKind.A_DAY,
          ActionKind.A_MONTH);

  static final Set<ActionKind> WORN_OUT =
      EnumSet.of(
          ActionKind.LOGIN,
          ActionKind.FETCH,
          ActionKind.TYPO,
          ActionKind.GUESS,
          ActionKind.A_MINUTE,
          ActionKind.A_DAY);

  static final Set<ActionKind> THIEFS_RECORD =
      EnumSet.of(
          ActionKind.THIEF_LOGIN,
          ActionKind.THIEF_REPLACE,
          ActionKind.REG_INIT,
          ActionKind.REG_FINISH,
          ActionKind.EXPOSE,
          ActionKind.STATUS,
          ActionKind.GUESS,
          ActionKind.A_MINUTE,
          ActionKind.A_MONTH);

  static final Set<ActionKind> LAST_ATTEMPTS =
      EnumSet.of(
          ActionKind.GUESS,
          ActionKind.TYPO,
          ActionKind.LOGIN,
          ActionKind.FETCH,
          ActionKind.STATUS,
          ActionKind.A_MINUTE,
          ActionKind.A_WEEK);

  /** One of each kind, at the same time. */
  static final Set<ActionKind> TOGETHER =
      EnumSet.of(
          ActionKind.THIEF_EXPOSE,
          ActionKind.STOLEN_FREEZE,
          ActionKind.CLAIM,
          ActionKind.GUESS,
          ActionKind.GUESS_AGAIN,
          ActionKind.LOGIN,
          ActionKind.FETCH,
          ActionKind.STATUS,
          ActionKind.EVENTS,
          ActionKind.VETO,
          ActionKind.DROP_LOGIN_ROWS,
          ActionKind.EDIT_ROWS,
          ActionKind.ROLL_BACK_ACCOUNT,
          ActionKind.PUT_BACK,
          ActionKind.DELETE_SEAL,
          ActionKind.RESTORE_WITH_ANCHOR,
          ActionKind.REOPEN,
          ActionKind.CUSTODIANS_DELETE,
          ActionKind.CUSTODIANS_DELETE_AGAIN,
          ActionKind.CLOCK_AHEAD,
          ActionKind.CLOCK_RIGHT,
          ActionKind.A_MINUTE,
          ActionKind.THREE_DAYS,
          ActionKind.A_MONTH,
          ActionKind.SWEEP,
          ActionKind.KILL);

  static List<Exploration> all() {
    return List.of(
        scope("all of them together", InitialStates::everything, 3, TOGETHER, Explorations.CALM),
        scope("a silent portal", InitialStates::thiefIsReady, 4, PORTAL, Explorations.LOSSY),
        scope("a stolen device", InitialStates::inUse, 4, STOLEN_DEVICE, Explorations.CALM),
        scope("sets made up", InitialStates::sixSets, 4, CLAIMS, Explorations.CALM),
        scope("login rows in other hands", InitialStates::backedUp, 4, LOGIN_ROWS, TIME_OUTS),
        scope(
            "ledger rows edited",
            InitialStates::announcedByTheOwner,
            4,
            LEDGER_ROWS,
            Explorations.CALM),
        scope(
            "store and anchor set back",
            InitialStates::backedUpWithAnchor,
            4,
            ROLLBACKS,
            Explorations.CALM),
        scope("a fork and a gap", InitialStates::backedUpWithAnchor, 5, FORKS, Explorations.CALM),
        scope("a clock ahead", InitialStates::announcedAndHeard, 4, CLOCK, Explorations.CALM),
        scope("two keepers", InitialStates::inUse, 4, CUSTODIANS, Explorations.CALM),
        scope(
            "a worn-out record on a new device",
            InitialStates::nearlyWornOut,
            3,
            WORN_OUT,
            Explorations.CALM),
        scope(
            "a thief's own record", InitialStates::thiefIsIn, 4, THIEFS_RECORD, Explorations.CALM),
        scope(
            "a thief came first",
            InitialStates::thiefWasFirst,
            4,
            LAST_ATTEMPTS,
            Explorations.LOSSY));
  }

  private static Exploration scope(
      String name,
      Consumer<ActionExecutor> beginning,
      int depth,
      Set<ActionKind> acts,
      Set<Delivery> hows) {
    return new Exploration(name, beginning, VaultFixture.NO_WAITS, depth, acts, hows, Set.of());
  }

  static Exploration named(String name) {
    return all().stream()
        .filter(exploration -> exploration.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
