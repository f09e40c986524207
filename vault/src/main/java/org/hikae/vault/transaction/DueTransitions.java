package org.hikae.vault.transaction;

import java.util.Optional;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Account;
import org.hikae.vault.account.AnnouncedChange;
import org.hikae.vault.account.Attempt;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.RecordStage;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.account.VaultRecord;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.StatusDone.Announcement;
import org.hikae.vault.wire.VaultEvent;

/**
 * What happens by itself when its time has come: a used-up record is destroyed, an announced change
 * is made, an unfinished registration is given up. It is done before anything else is done with the
 * employee, and by the sweep when nobody asks.
 */
public final class DueTransitions {

  private final EpochRotation epochs;

  public DueTransitions(EpochRotation epochs) {
    this.epochs = epochs;
  }

  void settle(AccountTransaction accountTransaction) {
    Account account = accountTransaction.account();
    if (account.dueMillis() > accountTransaction.nowMillis()) {
      return;
    }
    lockUsedUp(accountTransaction);
    thaw(accountTransaction);
    account
        .announced()
        .filter(change -> change.dueMillis() <= accountTransaction.nowMillis())
        .ifPresent(change -> carryOut(accountTransaction, change));
    long given = accountTransaction.nowMillis() - VaultLimits.FORGET_AFTER.toMillis();
    account.alive().stream()
        .filter(record -> account.isUnfinished(record) && record.changedMillis() <= given)
        .forEach(record -> retire(accountTransaction, record, Id128.NONE));
  }

  /** A freeze is over; one of before freezes had an end gets one. */
  private static void thaw(AccountTransaction accountTransaction) {
    Account account = accountTransaction.account();
    Optional<VaultRecord> active =
        account.newest(RecordStage.ACTIVE).filter(any -> account.frozen());
    if (active.isEmpty()) {
      return;
    }
    Id128 setId = active.get().setId();
    Hash256 credId = active.get().credId();
    if (account.frozenUntilMillis() == 0) {
      long until = accountTransaction.nowMillis() + VaultLimits.FREEZE_FOR.toMillis();
      account.freeze(until);
      accountTransaction
          .happens(VaultEvent.FROZEN, setId, credId, Id128.NONE, Hash256.ZERO)
          .due(until / 1000);
    } else if (account.frozenUntilMillis() <= accountTransaction.nowMillis()) {
      account.unfreeze(accountTransaction.nowMillis());
      accountTransaction.happens(VaultEvent.UNFROZEN, setId, credId, Id128.NONE, Hash256.ZERO);
    }
  }

  /**
   * As long as one of the answered logins can still be proven right the record stays, a minute at
   * most; meanwhile no further attempt is answered.
   */
  public boolean lockUsedUp(AccountTransaction accountTransaction) {
    Account account = accountTransaction.account();
    Optional<VaultRecord> active = account.newest(RecordStage.ACTIVE);
    if (!account.counts().exhausted() || active.isEmpty()) {
      return false;
    }
    Hash256 credId = active.get().credId();
    if (account.openAttempt(credId, accountTransaction.nowMillis()).isPresent()) {
      return false;
    }
    lock(accountTransaction, active.get());
    return true;
  }

  /** Locks at once, open logins or not. */
  void lock(AccountTransaction accountTransaction, VaultRecord active) {
    Account account = accountTransaction.account();
    Id128 device = account.lastAttempt(active.credId()).map(Attempt::deviceId).orElse(Id128.NONE);
    account.put(active.locked(accountTransaction.nowMillis()));
    account.put(account.counts().lockedOut());
    forget(accountTransaction, active);
    accountTransaction.erase(active.credId());
    accountTransaction
        .happens(VaultEvent.LOCKED, active.setId(), active.credId(), device, Hash256.ZERO)
        .due(erasedSeconds(accountTransaction));
  }

  /** Ends a record for whoever asked. */
  public PendingLedgerEntry retire(
      AccountTransaction accountTransaction, VaultRecord record, Id128 deviceId) {
    accountTransaction.account().put(record.retired(accountTransaction.nowMillis()));
    forget(accountTransaction, record);
    accountTransaction.erase(record.credId());
    return accountTransaction
        .happens(VaultEvent.RETIRED, record.setId(), record.credId(), deviceId, Hash256.ZERO)
        .due(erasedSeconds(accountTransaction));
  }

  /** What was announced about a record that is gone is over, and so is its freezing. */
  private static void forget(AccountTransaction accountTransaction, VaultRecord ended) {
    Account account = accountTransaction.account();
    account
        .announced()
        .filter(change -> change.credId().equals(ended.credId()))
        .ifPresent(change -> account.announce(null));
    if (ended.stage() == RecordStage.ACTIVE) {
      account.unfreeze(accountTransaction.nowMillis());
    }
  }

  /** Makes a PENDING record the ACTIVE one; the one before is over. */
  public PendingLedgerEntry activate(
      AccountTransaction accountTransaction, VaultRecord pending, Hash256 detail, Id128 deviceId) {
    Account account = accountTransaction.account();
    account.newest(RecordStage.ACTIVE).ifPresent(old -> end(accountTransaction, old, deviceId));
    account.announce(null);
    PendingLedgerEntry active =
        accountTransaction.happens(
            VaultEvent.ACTIVE, pending.setId(), pending.credId(), deviceId, detail);
    account.put(pending.active(active.seq(), accountTransaction.nowMillis()));
    return active;
  }

  private void end(AccountTransaction accountTransaction, VaultRecord old, Id128 deviceId) {
    if (accountTransaction.account().counts().exhausted()) {
      lock(accountTransaction, old);
    } else {
      retire(accountTransaction, old, deviceId);
    }
  }

  private void carryOut(AccountTransaction accountTransaction, AnnouncedChange change) {
    accountTransaction
        .account()
        .record(change.credId())
        .filter(record -> record.stage().isAlive())
        .ifPresent(
            record -> {
              if (change.what() == Announcement.REPLACE) {
                LedgerEntry announced = accountTransaction.row(record.rows().exposed()).entry();
                Id128 device = Id128.of(announced.subject().deviceId());
                activate(accountTransaction, record, announced.detail(), device);
              } else {
                retire(accountTransaction, record, Id128.NONE);
              }
            });
  }

  /**
   * An old copy of the store was accepted: what it has forgotten must not be a refill. What is
   * announced waits as long as it would have.
   *
   * @param beforeMillis what the vault took the time for before
   */
  void restored(AccountTransaction accountTransaction, long beforeMillis) {
    Account account = accountTransaction.account();
    account.timeSet(beforeMillis, accountTransaction.nowMillis());
    Optional<VaultRecord> active = account.newest(RecordStage.ACTIVE);
    // Also one that is not ACTIVE here may have been so, and tried, in what was lost.
    if (!account.alive().isEmpty()) {
      account.put(account.counts().restored(accountTransaction.nowMillis()));
    }
    // Everybody's rows may be fewer than their devices have seen: all are told.
    accountTransaction.happens(
        VaultEvent.RESTORED,
        active.map(VaultRecord::setId).orElse(Id128.NONE),
        active.map(VaultRecord::credId).orElse(Hash256.ZERO),
        Id128.NONE,
        Hash256.ZERO);
  }

  private long erasedSeconds(AccountTransaction accountTransaction) {
    return epochs.erasedSeconds(accountTransaction.nowMillis());
  }
}
