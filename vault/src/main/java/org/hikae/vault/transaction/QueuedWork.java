package org.hikae.vault.transaction;

import java.util.Objects;
import org.hikae.hk1.Hash256;
import org.hikae.vault.ledger.Ledger;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.port.VaultStore.Rows;
import org.hikae.vault.wire.LedgerHead;
import org.jspecify.annotations.Nullable;

/** A transaction in the queue. Fields are written by the holder of the turn before {@code done}. */
final class QueuedWork<T> {
  private final Hash256 employee;
  final @Nullable LedgerHead seen;
  private final GroupCommitExecutor.AccountWork<T> work;
  private @Nullable T value;
  private @Nullable RuntimeException failure;
  volatile boolean done;

  QueuedWork(Hash256 employee, @Nullable LedgerHead seen, GroupCommitExecutor.AccountWork<T> work) {
    this.employee = employee;
    this.seen = seen;
    this.work = work;
  }

  /**
   * Nothing is written before {@link AccountTransaction#finish}, which runs outside of what is
   * caught here.
   */
  void execute(Ledger ledger, Rows rows, long nowMillis, DueTransitions dueTransitions) {
    AccountTransaction accountTransaction;
    try {
      accountTransaction = AccountTransaction.open(ledger, rows, employee, nowMillis);
      dueTransitions.settle(accountTransaction);
    } catch (TamperedException e) {
      failure = e;
      return;
    }
    AccountTransaction.Savepoint settled = accountTransaction.mark();
    try {
      value = work.in(accountTransaction);
    } catch (RefusalException
        | TamperedException
        | UnavailableException
        | IllegalStateException e) {
      // An outage of the root is this transaction's; after one of the store nothing can be
      // committed.
      accountTransaction.backTo(settled);
      failure = e;
    }
    accountTransaction.finish();
  }

  void fail(RuntimeException why) {
    failure = why;
    done = true;
  }

  T result() {
    if (failure != null) {
      throw failure;
    }
    return Objects.requireNonNull(value, "a transaction gives a result");
  }
}
