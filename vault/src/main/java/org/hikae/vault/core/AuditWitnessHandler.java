package org.hikae.vault.core;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Account;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.OwnedSet;
import org.hikae.vault.account.OwnedSet.WitnessedSeries;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.ledger.ReceiptIssuer;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.transaction.AccountTransaction;
import org.hikae.vault.transaction.GroupCommitExecutor;
import org.hikae.vault.transaction.PendingLedgerEntry;
import org.hikae.vault.wire.AuditHead;
import org.hikae.vault.wire.AuditHeadAnswer;
import org.hikae.vault.wire.AuditHeadAnswer.HeadOutcome;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.VaultEvent;

/**
 * Remembers how far the portal's audit trail has come, so that nobody who rules over the portal and
 * its database can cut it off or replace its end unnoticed (spec HK1-V-25). The trail stands in the
 * ledger in an account's place, with one series that only grows.
 */
final class AuditWitnessHandler {

  private final GroupCommitExecutor groupCommitExecutor;
  private final ReceiptIssuer receipts;
  private final Hash256 trail;

  AuditWitnessHandler(
      GroupCommitExecutor groupCommitExecutor, ReceiptIssuer receipts, String tenant) {
    this.groupCommitExecutor = groupCommitExecutor;
    this.receipts = receipts;
    this.trail = LedgerEntry.auditTrailOf(tenant);
  }

  AuditHeadAnswer answer(AuditHead head) {
    Supplier<AuditHeadAnswer> answer =
        groupCommitExecutor.run(trail, null, accountTransaction -> take(accountTransaction, head));
    return answer.get();
  }

  private Supplier<AuditHeadAnswer> take(AccountTransaction accountTransaction, AuditHead head) {
    Optional<WitnessedSeries> newest = newest(accountTransaction.account());
    if (head.seq() == 0) {
      return told(accountTransaction, newest, HeadOutcome.DONE);
    }
    if (newest.filter(last -> contradicts(last, head)).isPresent()) {
      return told(accountTransaction, newest, HeadOutcome.SET_BACK);
    }
    boolean again = !head.isExport() && newest.filter(last -> last.seq() == head.seq()).isPresent();
    if (again) {
      return told(accountTransaction, newest, HeadOutcome.DONE);
    }
    if (isTooMany(accountTransaction)) {
      return () -> AuditHeadAnswer.without(HeadOutcome.LIMIT);
    }
    return record(accountTransaction, head);
  }

  private static Optional<WitnessedSeries> newest(Account account) {
    return account.set(Id128.NONE).flatMap(set -> set.series(Id128.NONE));
  }

  /** An export may end before the newest end: others may have been told while it was made. */
  private static boolean contradicts(WitnessedSeries last, AuditHead head) {
    return head.seq() < last.seq()
        ? !head.isExport()
        : head.seq() == last.seq() && !head.hash().equals(last.snapshotHash());
  }

  private static boolean isTooMany(AccountTransaction accountTransaction) {
    long dayAgo = accountTransaction.nowMillis() - VaultLimits.DAY.toMillis();
    return accountTransaction.account().evaluationsSince(dayAgo).size()
        >= VaultLimits.AUDIT_ROWS_A_DAY;
  }

  private Supplier<AuditHeadAnswer> told(
      AccountTransaction accountTransaction,
      Optional<WitnessedSeries> newest,
      HeadOutcome outcome) {
    if (newest.isEmpty()) {
      return () -> AuditHeadAnswer.without(HeadOutcome.NONE);
    }
    WitnessedSeries last = newest.get();
    LedgerRow row = accountTransaction.row(last.row());
    return () -> new AuditHeadAnswer(outcome, last.seq(), last.snapshotHash(), receipts.of(row));
  }

  private Supplier<AuditHeadAnswer> record(AccountTransaction accountTransaction, AuditHead head) {
    VaultEvent event = head.isExport() ? VaultEvent.AUDIT_EXPORT : VaultEvent.AUDIT_HEAD;
    PendingLedgerEntry entry =
        accountTransaction.happens(event, Id128.NONE, Hash256.ZERO, Id128.NONE, head.detail());
    accountTransaction.account().evaluatedAt(accountTransaction.nowMillis());
    if (!head.isExport()) {
      WitnessedSeries end =
          new WitnessedSeries(
              Id128.NONE, head.seq(), head.hash(), entry.seq(), accountTransaction.nowMillis());
      accountTransaction.account().put(new OwnedSet(Id128.NONE, new byte[0], List.of(end)));
    }
    return () ->
        new AuditHeadAnswer(HeadOutcome.DONE, head.seq(), head.hash(), receipts.of(entry.row()));
  }
}
