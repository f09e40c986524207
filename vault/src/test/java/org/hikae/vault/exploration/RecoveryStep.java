package org.hikae.vault.exploration;

/** A step on the way to one's backup. */
enum RecoveryStep {
  /** Log in with the password; the end of nearly every way. */
  LOG_IN,
  /** Send again what the vault could not serve. */
  SEND_AGAIN,
  /** Wait as long as the vault says, then try again. */
  WAIT,
  /** Allow attempts again, by the owner key. */
  UNFREEZE,
  /** Wait until a freeze ends by itself. */
  WAIT_FOR_THE_END_OF_A_FREEZE,
  /** Expose what is registered already. */
  FINISH_THE_REGISTRATION,
  /** Register where there is no record. */
  REGISTER,
  /** Register after the record was destroyed by wrong passwords. */
  REGISTER_AFTER_LOCK_OUT,
  /** Register and announce, by the owner key, and wait. */
  ANNOUNCE_A_REPLACEMENT,
  /** Wait until what is announced has happened. */
  WAIT_FOR_WHAT_IS_ANNOUNCED,
  /** Have the operator start the vault anew. */
  START_ANEW,
  /** Have the operator set the vault's clock right. */
  SET_THE_CLOCK_RIGHT,
  /** Have the operator put back what somebody changed in the database. */
  PUT_ROWS_BACK,
  /** Have the two custodians reopen the vault. */
  ASK_THE_CUSTODIANS,
  /** Restore with the 64-digit key: after fifty failures there is no password any more. */
  USE_THE_KEY
}
