package org.hikae.backup.service;

import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.ciphertext.store.TransactionParticipant;
import org.hikae.backup.ciphertext.store.TransactionParticipants;

/**
 * Those who take part in the transactions of the server. What fails right before a commit rolls the
 * transaction back, with its cause.
 */
public final class JtaTransactionParticipants implements TransactionParticipants {

  private final TransactionSynchronizationRegistry transactions;

  /** Asks the registry which transaction is running. */
  public JtaTransactionParticipants(TransactionSynchronizationRegistry transactions) {
    this.transactions = transactions;
  }

  @Override
  public void add(TransactionParticipant participant) {
    transactions.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            try {
              participant.beforeCommit();
            } catch (IOException e) {
              throw new CiphertextStoreException("An object could not be made durable.", e);
            }
          }

          @Override
          public void afterCompletion(int status) {
            participant.afterEnd();
          }
        });
  }
}
