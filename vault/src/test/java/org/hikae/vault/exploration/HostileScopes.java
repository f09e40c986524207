package org.hikae.vault.exploration;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.hikae.vault.exploration.system.Move.Act;
import org.hikae.vault.exploration.system.Move.How;
import org.hikae.vault.exploration.system.Moves;
import org.hikae.vault.testing.VaultWorld;

/** Explorations in which the portal, the database or the clock is against the employee. */
final class HostileScopes {

  private HostileScopes() {}

  /** A token that other machines use, too: a call of it may take too long. */
  static final Set<How> TIME_OUTS =
      EnumSet.of(How.ANSWERED, How.DROPPED, How.ROOT_AWAY, How.CODE_AWAY, How.SIGNATURE_AWAY);

  /**
   * The portal has a fresh token of the employee, makes up keys, and lets through what it likes.
   */
  static final Set<Act> PORTAL =
      EnumSet.of(
          Act.THIEF_EXPOSE,
          Act.STATUS,
          Act.LOGIN,
          Act.FETCH,
          Act.CALL_OFF,
          Act.VETO,
          Act.A_DAY,
          Act.THREE_DAYS,
          Act.A_MONTH,
          Act.SWEEP);

  static final Set<Act> STOLEN_DEVICE =
      EnumSet.of(
          Act.STOLEN_FREEZE, Act.UNFREEZE, Act.LOGIN, Act.FETCH, Act.GUESS, Act.A_DAY, Act.A_WEEK);

  static final Set<Act> CLAIMS = EnumSet.of(Act.CLAIM, Act.REG_INIT, Act.A_MONTH);

  static final Set<Act> LOGIN_ROWS =
      EnumSet.of(
          Act.GUESS,
          Act.GUESS_AGAIN,
          Act.LOGIN,
          Act.LOGIN_START_AGAIN,
          Act.FETCH,
          Act.LOGIN_FINISH_AGAIN,
          Act.DROP_LOGIN_ROWS,
          Act.ROLL_BACK_ACCOUNT,
          Act.ROLL_BACK_SECRETS,
          Act.PUT_BACK,
          Act.A_MINUTE,
          Act.KILL);

  static final Set<Act> LEDGER_ROWS =
      EnumSet.of(
          Act.EDIT_ROWS,
          Act.DELETE_ROWS,
          Act.PUT_BACK,
          Act.STATUS,
          Act.EVENTS,
          Act.REG_FINISH_AGAIN,
          Act.EXPOSE_AGAIN,
          Act.LOGIN,
          Act.FETCH,
          Act.CALL_OFF,
          Act.A_MONTH,
          Act.SWEEP,
          Act.KILL,
          Act.REOPEN);

  static final Set<Act> ROLLBACKS =
      EnumSet.of(
          Act.RESTORE_WITH_ANCHOR,
          Act.STATUS,
          Act.LOGIN,
          Act.FETCH,
          Act.GUESS,
          Act.DELETE_SEAL,
          Act.REOPEN,
          Act.KILL,
          Act.A_MINUTE);

  static final Set<Act> FORKS =
      EnumSet.of(
          Act.RESTORE_WITH_ANCHOR, Act.STATUS, Act.GUESS, Act.DELETE_ROWS, Act.PUT_BACK, Act.KILL);

  static final Set<Act> CLOCK =
      EnumSet.of(
          Act.CLOCK_AHEAD,
          Act.CLOCK_RIGHT,
          Act.SWEEP,
          Act.STATUS,
          Act.LOGIN,
          Act.FETCH,
          Act.VETO,
          Act.KILL,
          Act.A_DAY,
          Act.THREE_DAYS);

  static final Set<Act> KEEPERS =
      EnumSet.of(
          Act.KEEPERS_DELETE,
          Act.KEEPERS_DELETE_AGAIN,
          Act.VETO,
          Act.STATUS,
          Act.LOGIN,
          Act.CALL_OFF,
          Act.A_DAY,
          Act.A_MONTH);

  static final Set<Act> WORN_OUT =
      EnumSet.of(Act.LOGIN, Act.FETCH, Act.TYPO, Act.GUESS, Act.A_MINUTE, Act.A_DAY);

  static final Set<Act> THIEFS_RECORD =
      EnumSet.of(
          Act.THIEF_LOGIN,
          Act.THIEF_REPLACE,
          Act.REG_INIT,
          Act.REG_FINISH,
          Act.EXPOSE,
          Act.STATUS,
          Act.GUESS,
          Act.A_MINUTE,
          Act.A_MONTH);

  static final Set<Act> LAST_ATTEMPTS =
      EnumSet.of(Act.GUESS, Act.TYPO, Act.LOGIN, Act.FETCH, Act.STATUS, Act.A_MINUTE, Act.A_WEEK);

  /** One of each kind, at the same time. */
  static final Set<Act> TOGETHER =
      EnumSet.of(
          Act.THIEF_EXPOSE,
          Act.STOLEN_FREEZE,
          Act.CLAIM,
          Act.GUESS,
          Act.GUESS_AGAIN,
          Act.LOGIN,
          Act.FETCH,
          Act.STATUS,
          Act.EVENTS,
          Act.VETO,
          Act.DROP_LOGIN_ROWS,
          Act.EDIT_ROWS,
          Act.ROLL_BACK_ACCOUNT,
          Act.PUT_BACK,
          Act.DELETE_SEAL,
          Act.RESTORE_WITH_ANCHOR,
          Act.REOPEN,
          Act.KEEPERS_DELETE,
          Act.KEEPERS_DELETE_AGAIN,
          Act.CLOCK_AHEAD,
          Act.CLOCK_RIGHT,
          Act.A_MINUTE,
          Act.THREE_DAYS,
          Act.A_MONTH,
          Act.SWEEP,
          Act.KILL);

  static List<Scope> all() {
    return List.of(
        scope("all of them together", Beginnings::everything, 3, TOGETHER, Scopes.CALM),
        scope("a silent portal", Beginnings::thiefIsReady, 4, PORTAL, Scopes.LOSSY),
        scope("a stolen device", Beginnings::inUse, 4, STOLEN_DEVICE, Scopes.CALM),
        scope("sets made up", Beginnings::sixSets, 4, CLAIMS, Scopes.CALM),
        scope("login rows in other hands", Beginnings::backedUp, 4, LOGIN_ROWS, TIME_OUTS),
        scope("ledger rows edited", Beginnings::announcedByTheOwner, 4, LEDGER_ROWS, Scopes.CALM),
        scope(
            "store and anchor set back", Beginnings::backedUpWithAnchor, 4, ROLLBACKS, Scopes.CALM),
        scope("a fork and a gap", Beginnings::backedUpWithAnchor, 5, FORKS, Scopes.CALM),
        scope("a clock ahead", Beginnings::announcedAndHeard, 4, CLOCK, Scopes.CALM),
        scope("two keepers", Beginnings::inUse, 4, KEEPERS, Scopes.CALM),
        scope(
            "a worn-out record on a new device",
            Beginnings::nearlyWornOut,
            3,
            WORN_OUT,
            Scopes.CALM),
        scope("a thief's own record", Beginnings::thiefIsIn, 4, THIEFS_RECORD, Scopes.CALM),
        scope("a thief came first", Beginnings::thiefWasFirst, 4, LAST_ATTEMPTS, Scopes.LOSSY));
  }

  private static Scope scope(
      String name, Consumer<Moves> beginning, int depth, Set<Act> acts, Set<How> hows) {
    return new Scope(name, beginning, VaultWorld.NO_WAITS, depth, acts, hows, Set.of());
  }

  static Scope named(String name) {
    return all().stream().filter(scope -> scope.name().equals(name)).findFirst().orElseThrow();
  }
}
