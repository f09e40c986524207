package org.hikae.vault.transaction;

import org.hikae.hk1.Hash256;
import org.hikae.vault.ledger.Ledger;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.LedgerEntry.Subject;
import org.hikae.vault.wire.VaultEvent;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a transaction. Its number is known at once, its row when the unit is
 * finished, because the row names the state that the whole transaction led to.
 */
public final class PendingLedgerEntry {

  private final long seq;
  private final VaultEvent event;
  private final Subject subject;
  private final Hash256 detail;
  private final int attemptsLeft;
  private long dueSeconds;
  private @Nullable LedgerRow row;

  PendingLedgerEntry(
      long seq, VaultEvent event, Subject subject, Hash256 detail, int attemptsLeft) {
    this.seq = seq;
    this.event = event;
    this.subject = subject;
    this.detail = detail;
    this.attemptsLeft = attemptsLeft;
  }

  /** The number its row has. */
  public long seq() {
    return seq;
  }

  /** Says when something comes of it, seconds since 1970. */
  public PendingLedgerEntry due(long seconds) {
    dueSeconds = seconds;
    return this;
  }

  /** Its row, once the transaction is finished. */
  public LedgerRow row() {
    if (row == null) {
      throw new IllegalStateException("the transaction is not finished");
    }
    return row;
  }

  /** Makes the row that follows in the ledger. */
  LedgerRow finish(Ledger ledger, long nowMillis, Hash256 stateHash) {
    LedgerEntry entry =
        new LedgerEntry(
            ledger.seq() + 1,
            ledger.head(),
            nowMillis,
            event,
            subject,
            ledger.known(subject.employee()).seq(),
            attemptsLeft,
            dueSeconds,
            detail,
            stateHash);
    LedgerRow made = new LedgerRow(entry, ledger.mac(entry));
    row = made;
    return made;
  }
}
