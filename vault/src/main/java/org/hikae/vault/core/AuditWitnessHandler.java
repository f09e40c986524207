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
import org.hikae.vault.wire.AuditHeadAnswer.Outcome;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.VaultEvent;

/**
 * Remembers how far the portal's audit trail has come, so that nobody who rules over the portal and
 * its database can cut it off or replace its end unnoticed (spec HK1-V-25). The trail stands in the
 * ledger in an account's place, with one series that only grows.
 */
final class AuditWitnessHandler {

  private final GroupCommitExecutor journal;
  private final ReceiptIssuer receipts;
  private final Hash256 trail;

  AuditWitnessHandler(GroupCommitExecutor journal, ReceiptIssuer receipts, String tenant) {
    this.journal = journal;
    this.receipts = receipts;
    this.trail = LedgerEntry.auditTrailOf(tenant);
  }

  AuditHeadAnswer answer(AuditHead head) {
    Supplier<AuditHeadAnswer> answer = journal.run(trail, null, unit -> take(unit, head));
    return answer.get();
  }

  private Supplier<AuditHeadAnswer> take(AccountTransaction unit, AuditHead head) {
    Optional<WitnessedSeries> newest = newest(unit.account());
    if (head.seq() == 0) {
      return told(unit, newest, Outcome.DONE);
    }
    if (newest.filter(last -> contradicts(last, head)).isPresent()) {
      return told(unit, newest, Outcome.SET_BACK);
    }
    boolean again = !head.isExport() && newest.filter(last -> last.seq() == head.seq()).isPresent();
    if (again) {
      return told(unit, newest, Outcome.DONE);
    }
    if (isTooMany(unit)) {
      return () -> AuditHeadAnswer.without(Outcome.LIMIT);
    }
    return record(unit, head);
  }

  private static Optional<WitnessedSeries> newest(Account account) {
    return account.set(Id128.NONE).flatMap(set -> set.series(Id128.NONE));
  }

  /** An export may end before the newest end: others may have been told while it was made. */
  private static boolean contradicts(WitnessedSeries last, AuditHead head) {
    if (head.seq() == last.seq()) {
      return !head.hash().equals(last.snapshotHash());
    }
    return head.seq() < last.seq() && !head.isExport();
  }

  private static boolean isTooMany(AccountTransaction unit) {
    long dayAgo = unit.nowMillis() - VaultLimits.DAY.toMillis();
    return unit.account().evaluationsSince(dayAgo).size() >= VaultLimits.AUDIT_ROWS_A_DAY;
  }

  private Supplier<AuditHeadAnswer> told(
      AccountTransaction unit, Optional<WitnessedSeries> newest, Outcome outcome) {
    if (newest.isEmpty()) {
      return () -> AuditHeadAnswer.without(Outcome.NONE);
    }
    WitnessedSeries last = newest.get();
    LedgerRow row = unit.row(last.row());
    return () -> new AuditHeadAnswer(outcome, last.seq(), last.snapshotHash(), receipts.of(row));
  }

  private Supplier<AuditHeadAnswer> record(AccountTransaction unit, AuditHead head) {
    VaultEvent event = head.isExport() ? VaultEvent.AUDIT_EXPORT : VaultEvent.AUDIT_HEAD;
    PendingLedgerEntry happened =
        unit.happens(event, Id128.NONE, Hash256.ZERO, Id128.NONE, head.detail());
    unit.account().evaluatedAt(unit.nowMillis());
    if (!head.isExport()) {
      WitnessedSeries end =
          new WitnessedSeries(
              Id128.NONE, head.seq(), head.hash(), happened.seq(), unit.nowMillis());
      unit.account().put(new OwnedSet(Id128.NONE, new byte[0], List.of(end)));
    }
    return () ->
        new AuditHeadAnswer(Outcome.DONE, head.seq(), head.hash(), receipts.of(happened.row()));
  }
}
