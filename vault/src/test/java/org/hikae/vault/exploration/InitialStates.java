package org.hikae.vault.exploration;

import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.exploration.system.ActionExecutor;
import org.hikae.vault.exploration.system.SystemAction.ActionKind;

/** Situations from which explorations begin, reached by real messages. */
final class InitialStates {

  private InitialStates() {}

  static void nothing(ActionExecutor actionExecutor) {}

  private static void pending(ActionExecutor actionExecutor) {
    actionExecutor.must(ActionKind.REG_INIT);
    actionExecutor.must(ActionKind.REG_FINISH);
  }

  private static void exposed(ActionExecutor actionExecutor) {
    pending(actionExecutor);
    actionExecutor.must(ActionKind.EXPOSE);
  }

  /** The owner has logged in once, as a device does at the end of a registration. */
  static void inUse(ActionExecutor actionExecutor) {
    exposed(actionExecutor);
    login(actionExecutor);
    actionExecutor.must(ActionKind.A_DAY);
  }

  private static void login(ActionExecutor actionExecutor) {
    actionExecutor.must(ActionKind.LOGIN);
    actionExecutor.must(ActionKind.FETCH);
  }

  private static void failures(ActionExecutor actionExecutor, int number) {
    for (int i = 0; i < number; i++) {
      actionExecutor.must(ActionKind.TYPO);
    }
  }

  private static void afterFailures(ActionExecutor actionExecutor, int number) {
    inUse(actionExecutor);
    failures(actionExecutor, number);
    actionExecutor.must(ActionKind.A_MINUTE);
  }

  /** 48 failures in a life, 8 of them in a row. */
  static void nearTheEnd(ActionExecutor actionExecutor) {
    inUse(actionExecutor);
    for (int i = 0; i < 5; i++) {
      failures(actionExecutor, 8);
      login(actionExecutor);
      actionExecutor.must(ActionKind.A_DAY);
    }
    failures(actionExecutor, 8);
    actionExecutor.must(ActionKind.A_DAY);
  }

  static void announced(ActionExecutor actionExecutor) {
    afterFailures(actionExecutor, 8);
    actionExecutor.must(ActionKind.THIEF_REG_INIT);
    actionExecutor.must(ActionKind.THIEF_REG_FINISH);
    actionExecutor.must(ActionKind.THIEF_EXPOSE);
  }

  static void changing(ActionExecutor actionExecutor) {
    afterFailures(actionExecutor, 8);
    pending(actionExecutor);
  }

  static void backedUp(ActionExecutor actionExecutor) {
    afterFailures(actionExecutor, 2);
    actionExecutor.must(ActionKind.BACK_UP);
    failures(actionExecutor, 6);
  }

  static void backedUpBeforeExpose(ActionExecutor actionExecutor) {
    pending(actionExecutor);
    actionExecutor.must(ActionKind.BACK_UP);
    actionExecutor.must(ActionKind.EXPOSE);
  }

  /** The record has answered 199 logins, all right. */
  static void nearlyWornOut(ActionExecutor actionExecutor) {
    exposed(actionExecutor);
    for (int i = 0; i < VaultLimits.EVALUATIONS_A_RECORD - 1; i++) {
      login(actionExecutor);
      if (i % 10 == 9) {
        actionExecutor.must(ActionKind.A_DAY);
      }
    }
  }

  // With hostile players.

  private static void thiefIsPending(ActionExecutor actionExecutor) {
    actionExecutor.must(ActionKind.THIEF_REG_INIT);
    actionExecutor.must(ActionKind.THIEF_REG_FINISH);
  }

  /** A token alone has registered a record that needs only to be exposed. */
  static void thiefIsReady(ActionExecutor actionExecutor) {
    inUse(actionExecutor);
    thiefIsPending(actionExecutor);
  }

  /** Somebody has made up six of the eight sets that there may be. */
  static void sixSets(ActionExecutor actionExecutor) {
    for (int i = 0; i < 6; i++) {
      actionExecutor.must(ActionKind.CLAIM);
    }
  }

  /** The thief's record comes next, and the owner's device knows. */
  static void announcedAndHeard(ActionExecutor actionExecutor) {
    thiefIsReady(actionExecutor);
    actionExecutor.must(ActionKind.THIEF_EXPOSE);
    actionExecutor.must(ActionKind.STATUS);
  }

  /** The owner has forgotten the password and announced another record. */
  static void announcedByTheOwner(ActionExecutor actionExecutor) {
    inUse(actionExecutor);
    exposed(actionExecutor);
  }

  /** A charge that the owner's device has seen is in neither copy. */
  static void backedUpWithAnchor(ActionExecutor actionExecutor) {
    inUse(actionExecutor);
    actionExecutor.must(ActionKind.BACK_UP);
    actionExecutor.must(ActionKind.LOGIN);
  }

  /** After 48 failures the thief's record came, and another of the thief's is PENDING. */
  static void thiefIsIn(ActionExecutor actionExecutor) {
    nearTheEnd(actionExecutor);
    thiefIsPending(actionExecutor);
    actionExecutor.must(ActionKind.THIEF_EXPOSE);
    actionExecutor.must(ActionKind.STATUS);
    actionExecutor.must(ActionKind.A_MONTH);
    actionExecutor.must(ActionKind.SWEEP);
    thiefIsPending(actionExecutor);
  }

  /** A thief registered before the owner did, whose record has seven failures now. */
  static void thiefWasFirst(ActionExecutor actionExecutor) {
    thiefIsPending(actionExecutor);
    actionExecutor.must(ActionKind.THIEF_EXPOSE);
    exposed(actionExecutor);
    actionExecutor.must(ActionKind.A_MONTH);
    actionExecutor.must(ActionKind.SWEEP);
    login(actionExecutor);
    actionExecutor.must(ActionKind.A_DAY);
    failures(actionExecutor, 7);
    actionExecutor.must(ActionKind.A_MINUTE);
  }

  /** Something for each hostile player to begin with. */
  static void everything(ActionExecutor actionExecutor) {
    inUse(actionExecutor);
    actionExecutor.must(ActionKind.BACK_UP);
    thiefIsPending(actionExecutor);
    actionExecutor.must(ActionKind.TYPO);
  }

  static void eightFailures(ActionExecutor actionExecutor) {
    afterFailures(actionExecutor, 8);
  }
}
