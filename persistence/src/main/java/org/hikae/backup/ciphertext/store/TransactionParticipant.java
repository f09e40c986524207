package org.hikae.backup.ciphertext.store;

import java.io.IOException;

/** Something outside the database that becomes valid with a transaction. */
public interface TransactionParticipant {

  /** Makes the change durable. The transaction has done all else; a failure rolls it back. */
  void beforeCommit() throws IOException;

  /** The transaction has ended, either way: what was not made durable is let go. */
  void afterEnd();
}
