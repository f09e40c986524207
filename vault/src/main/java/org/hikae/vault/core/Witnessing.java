package org.hikae.vault.core;

import java.util.Optional;
import java.util.function.Supplier;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Id;
import org.hikae.vault.account.OwnedSet;
import org.hikae.vault.account.OwnedSet.Series;
import org.hikae.vault.ledger.Receipts;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.transaction.Happening;
import org.hikae.vault.transaction.Journal;
import org.hikae.vault.transaction.RefusalException;
import org.hikae.vault.transaction.Unit;
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
final class Witnessing {

  private final Journal journal;
  private final Receipts receipts;
  private final String tenant;

  Witnessing(Journal journal, Receipts receipts, String tenant) {
    this.journal = journal;
    this.receipts = receipts;
    this.tenant = tenant;
  }

  Receipt witness(Caller caller, Witness message) {
    requireOwner(caller, message);
    Supplier<LedgerRow> row =
        journal.run(caller.employee(), caller.seen(), unit -> record(unit, caller, message));
    return receipts.of(row.get());
  }

  private void requireOwner(Caller caller, Witness message) {
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

  private static Supplier<LedgerRow> record(Unit unit, Caller caller, Witness message) {
    OwnedSet set = Claims.setOf(unit, caller, message.ownerKey());
    Id series = caller.deviceId();
    Optional<Series> before = set.series(series);
    if (before.isPresent()) {
      Series last = before.get();
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
    Happening witnessed =
        unit.happens(
            VaultEvent.WITNESSED,
            set.setId(),
            Hash256.ZERO,
            series,
            Detail.witness(series.toBytes(), message.seq(), message.snapshotHash()));
    unit.account()
        .put(
            set.with(
                new Series(
                    series,
                    message.seq(),
                    message.snapshotHash(),
                    witnessed.seq(),
                    unit.nowMillis())));
    unit.account().learn(set.setId(), series);
    return witnessed::row;
  }
}
