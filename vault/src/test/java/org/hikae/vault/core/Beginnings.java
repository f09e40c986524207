package org.hikae.vault.core;

import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.core.Move.Act;

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

  static void eightFailures(Moves moves) {
    afterFailures(moves, 8);
  }
}
