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

  private final GroupCommitExecutor groupCommitExecutor;
  private final ReceiptIssuer receipts;
  private final String tenant;

  WitnessHandler(GroupCommitExecutor groupCommitExecutor, ReceiptIssuer receipts, String tenant) {
    this.groupCommitExecutor = groupCommitExecutor;
    this.receipts = receipts;
    this.tenant = tenant;
  }

  Receipt witness(AuthenticatedDevice authenticatedDevice, Witness message) {
    requireOwner(authenticatedDevice, message);
    Supplier<LedgerRow> row =
        groupCommitExecutor.run(
            authenticatedDevice.employee(),
            authenticatedDevice.seen(),
            accountTransaction -> record(accountTransaction, authenticatedDevice, message));
    return receipts.of(row.get());
  }

  private void requireOwner(AuthenticatedDevice authenticatedDevice, Witness message) {
    try {
      VerifyingKey.decode(message.ownerKey())
          .verify(
              Witness.transcript(
                  tenant,
                  authenticatedDevice.employee(),
                  authenticatedDevice.setId().toBytes(),
                  authenticatedDevice.deviceId().toBytes(),
                  message.seq(),
                  message.snapshotHash()),
              message.ownerSignature());
    } catch (CryptoException e) {
      throw RefusalException.of(VaultRefusal.OWNER_REFUSED);
    }
  }

  private static Supplier<LedgerRow> record(
      AccountTransaction accountTransaction,
      AuthenticatedDevice authenticatedDevice,
      Witness message) {
    OwnedSet set = SetAdmission.setOf(accountTransaction, authenticatedDevice, message.ownerKey());
    Id128 series = authenticatedDevice.deviceId();
    Optional<WitnessedSeries> before = set.series(series);
    if (before.isPresent()) {
      WitnessedSeries last = before.get();
      boolean again =
          last.seq() == message.seq() && last.snapshotHash().equals(message.snapshotHash());
      if (again) {
        LedgerRow row = accountTransaction.row(last.row());
        return () -> row;
      }
      if (message.seq() <= last.seq()) {
        throw RefusalException.of(VaultRefusal.WRONG_STATE);
      }
    } else if (set.series().size() == SeriesHead.MAX_SERIES) {
      throw RefusalException.of(VaultRefusal.LIMIT);
    }
    PendingLedgerEntry witnessed =
        accountTransaction.happens(
            VaultEvent.WITNESSED,
            set.setId(),
            Hash256.ZERO,
            series,
            Detail.witness(series.toBytes(), message.seq(), message.snapshotHash()));
    accountTransaction
        .account()
        .put(
            set.with(
                new WitnessedSeries(
                    series,
                    message.seq(),
                    message.snapshotHash(),
                    witnessed.seq(),
                    accountTransaction.nowMillis())));
    accountTransaction.account().learn(set.setId(), series);
    return witnessed::row;
  }
}
