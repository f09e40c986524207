package org.hikae.vault.core;

import java.util.Optional;
import java.util.function.Supplier;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.OwnedSet;
import org.hikae.vault.account.OwnedSet.WitnessedSeries;
import org.hikae.vault.ledger.ReceiptIssuer;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.transaction.AccountTransaction;
import org.hikae.vault.transaction.GroupCommitExecutor;
import org.hikae.vault.transaction.PendingLedgerEntry;
import org.hikae.vault.transaction.RefusalException;
import org.hikae.vault.wire.LedgerEntry.Detail;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.SeriesHead;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.Witness;

/**
 * Remembers the newest snapshot of each series, so that a portal cannot pass an old one off as the
 * newest (spec HK1-V-19). Strictly increasing; the same once more gets the same receipt.
 */
final class WitnessHandler {

  private final GroupCommitExecutor journal;
  private final ReceiptIssuer receipts;
  private final String tenant;

  WitnessHandler(GroupCommitExecutor journal, ReceiptIssuer receipts, String tenant) {
    this.journal = journal;
    this.receipts = receipts;
    this.tenant = tenant;
  }

  Receipt witness(AuthenticatedDevice caller, Witness message) {
    requireOwner(caller, message);
    Supplier<LedgerRow> row =
        journal.run(caller.employee(), caller.seen(), unit -> record(unit, caller, message));
    return receipts.of(row.get());
  }

  private void requireOwner(AuthenticatedDevice caller, Witness message) {
    try {
      VerifyingKey.decode(message.ownerKey())
          .verify(
              Witness.transcript(
                  tenant,
                  caller.employee(),
                  caller.setId().toBytes(),
                  caller.deviceId().toBytes(),
                  message.seq(),
                  message.snapshotHash()),
              message.ownerSignature());
    } catch (CryptoException e) {
      throw RefusalException.of(VaultRefusal.OWNER_REFUSED);
    }
  }

  private static Supplier<LedgerRow> record(
      AccountTransaction unit, AuthenticatedDevice caller, Witness message) {
    OwnedSet set = SetAdmission.setOf(unit, caller, message.ownerKey());
    Id128 series = caller.deviceId();
    Optional<WitnessedSeries> before = set.series(series);
    if (before.isPresent()) {
      WitnessedSeries last = before.get();
      boolean again =
          last.seq() == message.seq() && last.snapshotHash().equals(message.snapshotHash());
      if (again) {
        LedgerRow row = unit.row(last.row());
        return () -> row;
      }
      if (message.seq() <= last.seq()) {
        throw RefusalException.of(VaultRefusal.WRONG_STATE);
      }
    } else if (set.series().size() == SeriesHead.MAX_SERIES) {
      throw RefusalException.of(VaultRefusal.LIMIT);
    }
    PendingLedgerEntry witnessed =
        unit.happens(
            VaultEvent.WITNESSED,
            set.setId(),
            Hash256.ZERO,
            series,
            Detail.witness(series.toBytes(), message.seq(), message.snapshotHash()));
    unit.account()
        .put(
            set.with(
                new WitnessedSeries(
                    series,
                    message.seq(),
                    message.snapshotHash(),
                    witnessed.seq(),
                    unit.nowMillis())));
    unit.account().learn(set.setId(), series);
    return witnessed::row;
  }
}
