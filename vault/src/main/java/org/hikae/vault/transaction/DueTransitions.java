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

  void settle(AccountTransaction unit) {
    Account account = unit.account();
    if (account.dueMillis() > unit.nowMillis()) {
      return;
    }
    lockUsedUp(unit);
    thaw(unit);
    account
        .announced()
        .filter(change -> change.dueMillis() <= unit.nowMillis())
        .ifPresent(change -> carryOut(unit, change));
    long given = unit.nowMillis() - VaultLimits.FORGET_AFTER.toMillis();
    account.alive().stream()
        .filter(record -> account.isUnfinished(record) && record.changedMillis() <= given)
        .forEach(record -> retire(unit, record, Id128.NONE));
  }

  /** A freeze is over; one of before freezes had an end gets one. */
  private static void thaw(AccountTransaction unit) {
    Account account = unit.account();
    Optional<VaultRecord> active =
        account.newest(RecordStage.ACTIVE).filter(any -> account.frozen());
    if (active.isEmpty()) {
      return;
    }
    Id128 setId = active.get().setId();
    Hash256 credId = active.get().credId();
    if (account.frozenUntilMillis() == 0) {
      long until = unit.nowMillis() + VaultLimits.FREEZE_FOR.toMillis();
      account.freeze(until);
      unit.happens(VaultEvent.FROZEN, setId, credId, Id128.NONE, Hash256.ZERO).due(until / 1000);
    } else if (account.frozenUntilMillis() <= unit.nowMillis()) {
      account.unfreeze(unit.nowMillis());
      unit.happens(VaultEvent.UNFROZEN, setId, credId, Id128.NONE, Hash256.ZERO);
    }
  }

  /**
   * As long as one of the answered logins can still be proven right the record stays, a minute at
   * most; meanwhile no further attempt is answered.
   */
  public boolean lockUsedUp(AccountTransaction unit) {
    Account account = unit.account();
    Optional<VaultRecord> active = account.newest(RecordStage.ACTIVE);
    if (!account.counts().exhausted() || active.isEmpty()) {
      return false;
    }
    Hash256 credId = active.get().credId();
    if (account.openAttempt(credId, unit.nowMillis()).isPresent()) {
      return false;
    }
    lock(unit, active.get());
    return true;
  }

  /** Locks at once, open logins or not. */
  void lock(AccountTransaction unit, VaultRecord active) {
    Account account = unit.account();
    Id128 device = account.lastAttempt(active.credId()).map(Attempt::deviceId).orElse(Id128.NONE);
    account.put(active.locked(unit.nowMillis()));
    account.put(account.counts().lockedOut());
    forget(unit, active);
    unit.erase(active.credId());
    unit.happens(VaultEvent.LOCKED, active.setId(), active.credId(), device, Hash256.ZERO)
        .due(erasedSeconds(unit));
  }

  /** Ends a record for whoever asked. */
  public PendingLedgerEntry retire(AccountTransaction unit, VaultRecord record, Id128 deviceId) {
    unit.account().put(record.retired(unit.nowMillis()));
    forget(unit, record);
    unit.erase(record.credId());
    return unit.happens(VaultEvent.RETIRED, record.setId(), record.credId(), deviceId, Hash256.ZERO)
        .due(erasedSeconds(unit));
  }

  /** What was announced about a record that is gone is over, and so is its freezing. */
  private static void forget(AccountTransaction unit, VaultRecord ended) {
    Account account = unit.account();
    account
        .announced()
        .filter(change -> change.credId().equals(ended.credId()))
        .ifPresent(change -> account.announce(null));
    if (ended.stage() == RecordStage.ACTIVE) {
      account.unfreeze(unit.nowMillis());
    }
  }

  /** Makes a PENDING record the ACTIVE one; the one before is over. */
  public PendingLedgerEntry activate(
      AccountTransaction unit, VaultRecord pending, Hash256 detail, Id128 deviceId) {
    Account account = unit.account();
    account.newest(RecordStage.ACTIVE).ifPresent(old -> end(unit, old, deviceId));
    account.announce(null);
    account.learn(pending.setId(), deviceId);
    PendingLedgerEntry active =
        unit.happens(VaultEvent.ACTIVE, pending.setId(), pending.credId(), deviceId, detail);
    account.put(pending.active(active.seq(), unit.nowMillis()));
    return active;
  }

  private void end(AccountTransaction unit, VaultRecord old, Id128 deviceId) {
    if (unit.account().counts().exhausted()) {
      lock(unit, old);
    } else {
      retire(unit, old, deviceId);
    }
  }

  private void carryOut(AccountTransaction unit, AnnouncedChange change) {
    unit.account()
        .record(change.credId())
        .filter(record -> record.stage().isAlive())
        .ifPresent(
            record -> {
              if (change.what() == Announcement.REPLACE) {
                LedgerEntry announced = unit.row(record.rows().exposed()).entry();
                Id128 device = Id128.of(announced.subject().deviceId());
                activate(unit, record, announced.detail(), device);
              } else {
                retire(unit, record, Id128.NONE);
              }
            });
  }

  /**
   * An old copy of the store was accepted: what it has forgotten must not be a refill. What is
   * announced waits as long as it would have.
   *
   * @param beforeMillis what the vault took the time for before
   */
  void restored(AccountTransaction unit, long beforeMillis) {
    Account account = unit.account();
    account.timeSet(beforeMillis, unit.nowMillis());
    Optional<VaultRecord> active = account.newest(RecordStage.ACTIVE);
    // Also one that is not ACTIVE here may have been so, and tried, in what was lost.
    if (!account.alive().isEmpty()) {
      account.put(account.counts().restored(unit.nowMillis()));
    }
    // Everybody's rows may be fewer than their devices have seen: all are told.
    unit.happens(
        VaultEvent.RESTORED,
        active.map(VaultRecord::setId).orElse(Id128.NONE),
        active.map(VaultRecord::credId).orElse(Hash256.ZERO),
        Id128.NONE,
        Hash256.ZERO);
  }

  private long erasedSeconds(AccountTransaction unit) {
    return epochs.erasedSeconds(unit.nowMillis());
  }
}
