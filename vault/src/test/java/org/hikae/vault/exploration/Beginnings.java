package org.hikae.vault.exploration;

import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.exploration.system.Move.Act;
import org.hikae.vault.exploration.system.Moves;

/** Situations from which explorations begin, reached by real messages. */
final class Beginnings {

  private Beginnings() {}

  static void nothing(Moves moves) {}

  private static void pending(Moves moves) {
    moves.must(Act.REG_INIT);
    moves.must(Act.REG_FINISH);
  }

  private static void exposed(Moves moves) {
    pending(moves);
    moves.must(Act.EXPOSE);
  }

  /** The owner has logged in once, as a device does at the end of a registration. */
  static void inUse(Moves moves) {
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
  static void nearTheEnd(Moves moves) {
    inUse(moves);
    for (int i = 0; i < 5; i++) {
      failures(moves, 8);
      login(moves);
      moves.must(Act.A_DAY);
    }
    failures(moves, 8);
    moves.must(Act.A_DAY);
  }

  static void announced(Moves moves) {
    afterFailures(moves, 8);
    moves.must(Act.THIEF_REG_INIT);
    moves.must(Act.THIEF_REG_FINISH);
    moves.must(Act.THIEF_EXPOSE);
  }

  static void changing(Moves moves) {
    afterFailures(moves, 8);
    pending(moves);
  }

  static void backedUp(Moves moves) {
    afterFailures(moves, 2);
    moves.must(Act.BACK_UP);
    failures(moves, 6);
  }

  static void backedUpBeforeExpose(Moves moves) {
    pending(moves);
    moves.must(Act.BACK_UP);
    moves.must(Act.EXPOSE);
  }

  /** The record has answered 199 logins, all right. */
  static void nearlyWornOut(Moves moves) {
    exposed(moves);
    for (int i = 0; i < VaultLimits.EVALUATIONS_A_RECORD - 1; i++) {
      login(moves);
      if (i % 10 == 9) {
        moves.must(Act.A_DAY);
      }
    }
  }

  // With hostile players.

  private static void thiefIsPending(Moves moves) {
    moves.must(Act.THIEF_REG_INIT);
    moves.must(Act.THIEF_REG_FINISH);
  }

  /** A token alone has registered a record that needs only to be exposed. */
  static void thiefIsReady(Moves moves) {
    inUse(moves);
    thiefIsPending(moves);
  }

  /** Somebody has made up six of the eight sets that there may be. */
  static void sixSets(Moves moves) {
    for (int i = 0; i < 6; i++) {
      moves.must(Act.CLAIM);
    }
  }

  /** The thief's record comes next, and the owner's device knows. */
  static void announcedAndHeard(Moves moves) {
    thiefIsReady(moves);
    moves.must(Act.THIEF_EXPOSE);
    moves.must(Act.STATUS);
  }

  /** The owner has forgotten the password and announced another record. */
  static void announcedByTheOwner(Moves moves) {
    inUse(moves);
    exposed(moves);
  }

  /** A charge that the owner's device has seen is in neither copy. */
  static void backedUpWithAnchor(Moves moves) {
    inUse(moves);
    moves.must(Act.BACK_UP);
    moves.must(Act.LOGIN);
  }

  /** After 48 failures the thief's record came, and another of the thief's is PENDING. */
  static void thiefIsIn(Moves moves) {
    nearTheEnd(moves);
    thiefIsPending(moves);
    moves.must(Act.THIEF_EXPOSE);
    moves.must(Act.STATUS);
    moves.must(Act.A_MONTH);
    moves.must(Act.SWEEP);
    thiefIsPending(moves);
  }

  /** A thief registered before the owner did, whose record has seven failures now. */
  static void thiefWasFirst(Moves moves) {
    thiefIsPending(moves);
    moves.must(Act.THIEF_EXPOSE);
    exposed(moves);
    moves.must(Act.A_MONTH);
    moves.must(Act.SWEEP);
    login(moves);
    moves.must(Act.A_DAY);
    failures(moves, 7);
    moves.must(Act.A_MINUTE);
  }

  /** Something for each hostile player to begin with. */
  static void everything(Moves moves) {
    inUse(moves);
    moves.must(Act.BACK_UP);
    thiefIsPending(moves);
    moves.must(Act.TYPO);
  }

  static void eightFailures(Moves moves) {
    afterFailures(moves, 8);
  }
}
