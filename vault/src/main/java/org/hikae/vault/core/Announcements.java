package org.hikae.vault.core;

import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Account;
import org.hikae.vault.account.AnnouncedChange;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.RecordStage;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.account.VaultRecord;
import org.hikae.vault.transaction.AccountTransaction;
import org.hikae.vault.transaction.PendingLedgerEntry;
import org.hikae.vault.transaction.RefusalException;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.StatusDone.Announcement;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultRefusal;

/**
 * What is announced without a login before it destroys a record (spec HK1-V-34). A device that has
 * proven that it has K of the record's set announces with 72 hours, which begin when such a device
 * holds the announcement; whoever else may announce does so with a fresh sign-in and 30 days, after
 * which the other kind is done, too, when no device has asked. So nobody loses a record in days of
 * which no device of theirs has heard, and nobody waits for ever for devices that are gone.
 */
final class Announcements {

  private Announcements() {}

  /**
   * Announces a change of the ACTIVE record.
   *
   * @param record REPLACE: the one that takes its place; else the ACTIVE one
   */
  static PendingLedgerEntry announce(
      AccountTransaction accountTransaction,
      AuthenticatedDevice authenticatedDevice,
      Announcement what,
      VaultRecord record,
      Hash256 detail) {
    Account account = accountTransaction.account();
    if (account.announced().isPresent()) {
      throw RefusalException.of(VaultRefusal.WRONG_STATE);
    }
    boolean known = account.knows(authenticatedDevice.deviceId());
    if (!known) {
      authenticatedDevice.requireFreshSignIn();
    }
    long latest = accountTransaction.nowMillis() + VaultLimits.NEWCOMER_DELAY.toMillis();
    PendingLedgerEntry announced =
        accountTransaction.happens(
            event(what), record.setId(), record.credId(), authenticatedDevice.deviceId(), detail);
    AnnouncedChange change =
        new AnnouncedChange(what, record.credId(), latest, known ? announced.seq() : 0);
    account.announce(change);
    return announced.due(dueMillis(change, accountTransaction.nowMillis()) / 1000);
  }

  private static VaultEvent event(Announcement what) {
    return what == Announcement.REPLACE
        ? VaultEvent.REPLACE_ANNOUNCED
        : VaultEvent.DELETE_ANNOUNCED;
  }

  /** When a change is made; as long as nobody has heard of it, the earliest that it can be. */
  static long dueMillis(AnnouncedChange change, long nowMillis) {
    return change.awaitedRow() == 0
        ? change.dueMillis()
        : Math.min(change.dueMillis(), nowMillis + VaultLimits.OWNER_DELAY.toMillis());
  }

  /**
   * Fixes the date when a device of the set asks what came after the announcement: then it holds
   * its receipt, and no reply that the portal keeps back is taken for one that arrived.
   *
   * @param afterSeq the newest row whose receipt the device holds
   */
  static void heard(
      AccountTransaction accountTransaction,
      AuthenticatedDevice authenticatedDevice,
      long afterSeq) {
    Account account = accountTransaction.account();
    account
        .announced()
        .filter(change -> change.awaitedRow() > 0 && afterSeq >= change.awaitedRow())
        .filter(change -> isOfTheSet(account, change, authenticatedDevice.deviceId()))
        .ifPresent(change -> fix(accountTransaction, change));
  }

  /** Where the ACTIVE record is gone meanwhile, nobody is left to hear but whoever announced. */
  private static boolean isOfTheSet(Account account, AnnouncedChange change, Id128 deviceId) {
    return account.newest(RecordStage.ACTIVE).isPresent()
        ? account.knows(deviceId)
        : account
            .record(change.credId())
            .filter(record -> account.knows(record.setId(), deviceId))
            .isPresent();
  }

  /** The same row once more, now with its date. */
  private static void fix(AccountTransaction accountTransaction, AnnouncedChange change) {
    LedgerEntry row = accountTransaction.row(change.awaitedRow()).entry();
    long due = accountTransaction.nowMillis() + VaultLimits.OWNER_DELAY.toMillis();
    accountTransaction.account().announce(change.at(due));
    accountTransaction
        .happens(
            row.event(),
            Id128.of(row.subject().setId()),
            row.subject().credId(),
            Id128.of(row.subject().deviceId()),
            row.detail())
        .due(due / 1000);
  }
}
