package org.hikae.backup.ciphertext.store;

/** Who takes part in the caller's transaction; JTA's in the server. */
public interface TransactionParticipants {

  /**
   * Adds one for the running transaction.
   *
   * @throws IllegalStateException when none is running
   */
  void add(TransactionParticipant participant);
}
