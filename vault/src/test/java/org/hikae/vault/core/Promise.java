package org.hikae.vault.core;

/** What the vault promises, and the explorer checks in every state. */
enum Promise {
  /**
   * At most ten answered and unproven attempts between two successful logins, whatever is
   * registered meanwhile; one only after two people have reopened a restored store. An attempt
   * belongs to where it was charged, however late its answer is fetched.
   */
  TEN_IN_A_ROW,
  /**
   * At most fifty answered and unproven attempts in the employee's life, or since a new password
   * was put in place by a login with the old one. What a restored store has forgotten, and two
   * people have accepted as forgotten, is not among them.
   */
  FIFTY_IN_A_LIFE,
  /**
   * A guess is charged once however often it is delivered, and taken back only by its own proof.
   */
  A_CHARGE_SERVES_ONCE,
  /** Nothing opens but a proof of the password. */
  ONLY_THE_PASSWORD_OPENS,
  /** What was acknowledged stays, and the account is what its receipts say. */
  NOTHING_ACKNOWLEDGED_IS_LOST,
  /** An employee has one ACTIVE record at most. */
  ONE_ACTIVE_RECORD,
  /** A store that was set back answers nothing before two people reopened it. */
  A_RESTORED_STORE_IS_NOTICED,
  /** Without an outage there is no outage, without a restored store no alarm. */
  NO_REFUSAL_WITHOUT_A_CAUSE,
  /** The owner of the password has a way on. */
  A_WAY_ON;

  /** A promise that was broken. */
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final Promise promise;

    Broken(Promise promise, String how) {
      super(promise + ": " + how, null, false, false);
      this.promise = promise;
    }
  }

  void require(boolean kept, String how) {
    if (!kept) {
      throw new Broken(this, how);
    }
  }
}
