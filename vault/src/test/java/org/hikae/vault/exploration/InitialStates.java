package org.hikae.vault.exploration;

import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.exploration.system.ActionExecutor;
import org.hikae.vault.exploration.system.SystemAction.ActionKind;

/** Situations from which explorations begin, reached by real messages. */
final class InitialStates {

  private InitialStates() {}

  static void nothing(ActionExecutor moves) {}

  private static void pending(ActionExecutor moves) {
    moves.must(ActionKind.REG_INIT);
    moves.must(ActionKind.REG_FINISH);
  }

  private static void exposed(ActionExecutor moves) {
    pending(moves);
    moves.must(ActionKind.EXPOSE);
  }

  /** The owner has logged in once, as a device does at the end of a registration. */
  static void inUse(ActionExecutor moves) {
    exposed(moves);
    login(moves);
    moves.must(ActionKind.A_DAY);
  }

  private static void login(ActionExecutor moves) {
    moves.must(ActionKind.LOGIN);
    moves.must(ActionKind.FETCH);
  }

  private static void failures(ActionExecutor moves, int number) {
    for (int i = 0; i < number; i++) {
      moves.must(ActionKind.TYPO);
    }
  }

  private static void afterFailures(ActionExecutor moves, int number) {
    inUse(moves);
    failures(moves, number);
    moves.must(ActionKind.A_MINUTE);
  }

  /** 48 failures in a life, 8 of them in a row. */
  static void nearTheEnd(ActionExecutor moves) {
    inUse(moves);
    for (int i = 0; i < 5; i++) {
      failures(moves, 8);
      login(moves);
      moves.must(ActionKind.A_DAY);
    }
    failures(moves, 8);
    moves.must(ActionKind.A_DAY);
  }

  static void announced(ActionExecutor moves) {
    afterFailures(moves, 8);
    moves.must(ActionKind.THIEF_REG_INIT);
    moves.must(ActionKind.THIEF_REG_FINISH);
    moves.must(ActionKind.THIEF_EXPOSE);
  }

  static void changing(ActionExecutor moves) {
    afterFailures(moves, 8);
    pending(moves);
  }

  static void backedUp(ActionExecutor moves) {
    afterFailures(moves, 2);
    moves.must(ActionKind.BACK_UP);
    failures(moves, 6);
  }

  static void backedUpBeforeExpose(ActionExecutor moves) {
    pending(moves);
    moves.must(ActionKind.BACK_UP);
    moves.must(ActionKind.EXPOSE);
  }

  /** The record has answered 199 logins, all right. */
  static void nearlyWornOut(ActionExecutor moves) {
    exposed(moves);
    for (int i = 0; i < VaultLimits.EVALUATIONS_A_RECORD - 1; i++) {
      login(moves);
      if (i % 10 == 9) {
        moves.must(ActionKind.A_DAY);
      }
    }
  }

  // With hostile players.

  private static void thiefIsPending(ActionExecutor moves) {
    moves.must(ActionKind.THIEF_REG_INIT);
    moves.must(ActionKind.THIEF_REG_FINISH);
  }

  /** A token alone has registered a record that needs only to be exposed. */
  static void thiefIsReady(ActionExecutor moves) {
    inUse(moves);
    thiefIsPending(moves);
  }

  /** Somebody has made up six of the eight sets that there may be. */
  static void sixSets(ActionExecutor moves) {
    for (int i = 0; i < 6; i++) {
      moves.must(ActionKind.CLAIM);
    }
  }

  /** The thief's record comes next, and the owner's device knows. */
  static void announcedAndHeard(ActionExecutor moves) {
    thiefIsReady(moves);
    moves.must(ActionKind.THIEF_EXPOSE);
    moves.must(ActionKind.STATUS);
  }

  /** The owner has forgotten the password and announced another record. */
  static void announcedByTheOwner(ActionExecutor moves) {
    inUse(moves);
    exposed(moves);
  }

  /** A charge that the owner's device has seen is in neither copy. */
  static void backedUpWithAnchor(ActionExecutor moves) {
    inUse(moves);
    moves.must(ActionKind.BACK_UP);
    moves.must(ActionKind.LOGIN);
  }

  /** After 48 failures the thief's record came, and another of the thief's is PENDING. */
  static void thiefIsIn(ActionExecutor moves) {
    nearTheEnd(moves);
    thiefIsPending(moves);
    moves.must(ActionKind.THIEF_EXPOSE);
    moves.must(ActionKind.STATUS);
    moves.must(ActionKind.A_MONTH);
    moves.must(ActionKind.SWEEP);
    thiefIsPending(moves);
  }

  /** A thief registered before the owner did, whose record has seven failures now. */
  static void thiefWasFirst(ActionExecutor moves) {
    thiefIsPending(moves);
    moves.must(ActionKind.THIEF_EXPOSE);
    exposed(moves);
    moves.must(ActionKind.A_MONTH);
    moves.must(ActionKind.SWEEP);
    login(moves);
    moves.must(ActionKind.A_DAY);
    failures(moves, 7);
    moves.must(ActionKind.A_MINUTE);
  }

  /** Something for each hostile player to begin with. */
  static void everything(ActionExecutor moves) {
    inUse(moves);
    moves.must(ActionKind.BACK_UP);
    thiefIsPending(moves);
    moves.must(ActionKind.TYPO);
  }

  static void eightFailures(ActionExecutor moves) {
    afterFailures(moves, 8);
  }
}
