package org.hikae.vault.exploration.system;

/** What the vault promises, and the explorer checks in every state. */
public enum Invariant {
  // Guesses.
  /**
   * At most ten answered and unproven attempts between two successful logins, whatever is
   * registered meanwhile and whatever the database does; one only after two people have reopened a
   * restored store. An attempt belongs to where it was charged, however late its answer is fetched.
   */
  TEN_IN_A_ROW,
  /**
   * At most fifty answered and unproven attempts in the employee's life, or since a new password
   * was put in place by a login with the old one. What a restored store has forgotten, and two
   * people have accepted as forgotten, is not among them.
   */
  FIFTY_IN_A_LIFE,
  /** The vault counts at least as many failures of a life as there were. */
  A_LIFE_IS_COUNTED,
  /**
   * A guess is charged once however often it is delivered, and taken back only by its own proof.
   */
  A_CHARGE_SERVES_ONCE,
  /** Nothing opens but a proof of the password. */
  ONLY_THE_PASSWORD_OPENS,
  /** The attempts 8 to 10 are answered to nobody who never opened the owner's record. */
  THE_LAST_ATTEMPTS_ARE_THE_OWNERS,

  // What is kept.
  /** What was acknowledged stays, and the account is what its receipts say. */
  NOTHING_ACKNOWLEDGED_IS_LOST,
  /** An employee has one ACTIVE record at most. */
  ONE_ACTIVE_RECORD,
  /** A row that the vault did not write so is not signed and not shown. */
  ONLY_TRUE_ROWS_ARE_SHOWN,
  /** A row that the vault did not write so decides nothing. */
  ONLY_TRUE_ROWS_COUNT,

  // What ends a record.
  /**
   * The owner's record ends, but by wrong passwords or a login of its own, only when a device of
   * theirs has known of it for 72 hours, or when it was announced for 30 days.
   */
  THE_OWNER_HEARS_FIRST,
  /** What is announced is not done before its time has really passed, whatever the clock says. */
  NOTHING_BEFORE_ITS_TIME,
  /** What two people have signed serves once. */
  A_CEREMONY_SERVES_ONCE,

  // What is set back.
  /** A store that was set back answers nothing before two people reopened it. */
  A_RESTORED_STORE_IS_NOTICED,
  /** Store and anchor that were set back together answer nobody who has seen more. */
  A_FORK_IS_NOTICED,
  /** A vault that has closed itself answers nothing before two people reopened it. */
  A_SEAL_STAYS,

  // Ways on.
  /** Without an outage there is no outage, without a restored store no alarm. */
  NO_REFUSAL_WITHOUT_A_CAUSE,
  /** The owner of the password has a way on. */
  A_WAY_ON,
  /** A freeze ends, also for an owner who has not the owner key. */
  A_FREEZE_ENDS,
  /** After two people have reopened the vault, nobody's memory closes it again. */
  A_CEREMONY_REPAIRS,
  /** A clock that jumped, and is right again, does not keep the vault closed. */
  A_CLOCK_JUMP_PASSES,
  /** There is always room for one more set of the employee's. */
  A_SET_HAS_ROOM,
  /** Who knows the password and nothing else gets in, however often they did before. */
  THE_PASSWORD_SUFFICES;

  /** A promise that was broken. */
  public static final class ViolatedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final Invariant invariant;

    public ViolatedException(Invariant invariant, String how) {
      super(invariant + ": " + how, null, false, false);
      this.invariant = invariant;
    }
  }
}
