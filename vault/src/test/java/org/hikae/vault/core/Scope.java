package org.hikae.vault.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.core.Move.Act;
import org.hikae.vault.core.Move.How;

/**
 * Where an exploration begins, and which moves it makes from there.
 *
 * @param beginning leads to the first situation
 * @param waits before the attempts after the third failure
 * @param depth how many moves in a row are made in the usual run
 */
record Scope(
    String name,
    Consumer<Moves> beginning,
    List<Duration> waits,
    int depth,
    Set<Act> acts,
    Set<How> hows,
    Set<Act> meanwhile) {

  private static final Set<How> CALM = EnumSet.of(How.ANSWERED);
  private static final Set<How> NETWORK =
      EnumSet.of(How.ANSWERED, How.DROPPED, How.HELD, How.STRAYED);
  private static final Set<How> CRASHES =
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
  private static final Set<How> RACES =
      EnumSet.of(How.ANSWERED, How.MEANWHILE, How.MEANWHILE_ROOT_AWAY, How.ROOT_AWAY);

  List<Move> moves() {
    List<Move> all = new ArrayList<>();
    for (Act act : acts) {
      if (!act.isMessage()) {
        all.add(Move.of(act));
        continue;
      }
      for (How how : hows) {
        boolean inside = how == How.MEANWHILE || how == How.MEANWHILE_ROOT_AWAY;
        if (!inside) {
          all.add(new Move(act, how, null));
        } else if (act.slot == Move.Slot.LOGIN_START) {
          meanwhile.forEach(other -> all.add(new Move(act, how, Move.of(other))));
        }
      }
    }
    return all;
  }

  private static Scope of(
      String name, Consumer<Moves> beginning, int depth, Collection<Act> acts, Set<How> hows) {
    return new Scope(
        name, beginning, VaultWorld.NO_WAITS, depth, EnumSet.copyOf(acts), hows, Set.of());
  }

  // Beginnings.

  private static void nothing(Moves moves) {}

  private static void pending(Moves moves) {
    moves.must(Act.REG_INIT);
    moves.must(Act.REG_FINISH);
  }

  private static void exposed(Moves moves) {
    pending(moves);
    moves.must(Act.EXPOSE);
  }

  /** The owner has logged in once, as a device does at the end of a registration. */
  private static void inUse(Moves moves) {
    exposed(moves);
    login(moves);
    moves.must(Act.A_DAY);
  }

  private static void login(Moves moves) {
    moves.must(Act.LOGIN);
    moves.must(Act.FETCH);
  }

  private static void failures(Moves moves, int number) {
    for (int i = 0; i < number; i++) {
      moves.must(Act.TYPO);
    }
  }

  private static void afterFailures(Moves moves, int number) {
    inUse(moves);
    failures(moves, number);
    moves.must(Act.A_MINUTE);
  }

  /** 48 failures in a life, 8 of them in a row. */
  private static void nearTheEnd(Moves moves) {
    inUse(moves);
    for (int i = 0; i < 5; i++) {
      failures(moves, 8);
      login(moves);
      moves.must(Act.A_DAY);
    }
    failures(moves, 8);
    moves.must(Act.A_DAY);
  }

  private static void announced(Moves moves) {
    afterFailures(moves, 8);
    moves.must(Act.THIEF_REG_INIT);
    moves.must(Act.THIEF_REG_FINISH);
    moves.must(Act.THIEF_EXPOSE);
  }

  private static void changing(Moves moves) {
    afterFailures(moves, 8);
    pending(moves);
  }

  private static void backedUp(Moves moves) {
    afterFailures(moves, 2);
    moves.must(Act.BACK_UP);
    failures(moves, 6);
  }

  private static void backedUpBeforeExpose(Moves moves) {
    pending(moves);
    moves.must(Act.BACK_UP);
    moves.must(Act.EXPOSE);
  }

  /** The record has answered 199 logins, all right. */
  private static void nearlyWornOut(Moves moves) {
    exposed(moves);
    for (int i = 0; i < VaultLimits.EVALUATIONS_A_RECORD - 1; i++) {
      login(moves);
      if (i % 10 == 9) {
        moves.must(Act.A_DAY);
      }
    }
  }

  // All of them.

  static List<Scope> all() {
    return List.of(
        of(
            "registration, crashes",
            Scope::nothing,
            5,
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
                Act.KILL),
            CRASHES),
        of(
            "registration, network",
            Scope::nothing,
            5,
            EnumSet.of(
                Act.REG_INIT,
                Act.REG_FINISH,
                Act.EXPOSE,
                Act.LOGIN,
                Act.FETCH,
                Act.REG_INIT_AGAIN,
                Act.REG_FINISH_AGAIN,
                Act.EXPOSE_AGAIN,
                Act.THIEF_REG_INIT,
                Act.THIEF_REG_FINISH,
                Act.THIEF_EXPOSE,
                Act.THREE_DAYS,
                Act.OTHER_NODE),
            NETWORK),
        of("login after 8 failures, crashes", moves -> afterFailures(moves, 8), 4, LOGINS, CRASHES),
        of("login after 8 failures, network", moves -> afterFailures(moves, 8), 4, LOGINS, NETWORK),
        new Scope(
            "login after 8 failures, races",
            moves -> afterFailures(moves, 8),
            VaultWorld.NO_WAITS,
            4,
            LOGINS,
            RACES,
            EnumSet.of(
                Act.LOGIN_START_AGAIN,
                Act.GUESS_AGAIN,
                Act.GUESS,
                Act.TYPO,
                Act.LOGIN,
                Act.A_MINUTE,
                Act.OTHER_NODE,
                Act.KILL)),
        of(
            "48 failures in a life",
            Scope::nearTheEnd,
            5,
            LOGINS,
            EnumSet.of(How.ANSWERED, How.DROPPED)),
        of("a thief's replacement is announced", Scope::announced, 6, RENEWALS, CALM),
        of(
            "a new password",
            Scope::changing,
            4,
            RENEWALS,
            EnumSet.of(How.ANSWERED, How.DROPPED, How.KILL_AFTER_COMMIT, How.KILL_BEFORE_COMMIT)),
        of("a restored store", Scope::backedUp, 6, RESTORES, CALM),
        of("a store restored to before Expose", Scope::backedUpBeforeExpose, 6, RESTORES, CALM),
        of(
            "owner's orders",
            moves -> afterFailures(moves, 8),
            5,
            ORDERS,
            EnumSet.of(How.ANSWERED, How.DROPPED, How.HELD)),
        of("a worn-out record", Scope::nearlyWornOut, 4, RENEWALS, CALM),
        new Scope(
            "waits",
            Scope::inUse,
            VaultLimits.WAITS,
            8,
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
                Act.SWEEP),
            CALM,
            Set.of()));
  }

  private static final Set<Act> LOGINS =
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

  private static final Set<Act> RENEWALS =
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

  private static final Set<Act> RESTORES =
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

  private static final Set<Act> ORDERS =
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
}
