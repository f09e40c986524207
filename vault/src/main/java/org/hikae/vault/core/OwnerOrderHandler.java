package org.hikae.vault.core;

import java.util.Optional;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Account;
import org.hikae.vault.account.AnnouncedChange;
import org.hikae.vault.account.OwnedSet;
import org.hikae.vault.account.RecordStage;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.account.VaultRecord;
import org.hikae.vault.ledger.ReceiptIssuer;
import org.hikae.vault.transaction.AccountTransaction;
import org.hikae.vault.transaction.DueTransitions;
import org.hikae.vault.transaction.GroupCommitExecutor;
import org.hikae.vault.transaction.PendingLedgerEntry;
import org.hikae.vault.transaction.RefusalException;
import org.hikae.vault.wire.LedgerEntry.Detail;
import org.hikae.vault.wire.OwnerOrder;
import org.hikae.vault.wire.OwnerOrder.Order;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.StatusDone.Announcement;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultRefusal;

/**
 * What the owner of a set orders without a login (spec HK1-V-18): the signature is the owner key's,
 * over a nonce that every event of the employee changes. What destroys is announced first.
 */
final class OwnerOrderHandler {

  private final GroupCommitExecutor journal;
  private final DueTransitions settlement;
  private final ReceiptIssuer receipts;
  private final String tenant;

  OwnerOrderHandler(
      GroupCommitExecutor journal,
      DueTransitions settlement,
      ReceiptIssuer receipts,
      String tenant) {
    this.journal = journal;
    this.settlement = settlement;
    this.receipts = receipts;
    this.tenant = tenant;
  }

  Receipt obey(AuthenticatedDevice caller, OwnerOrder message) {
    if (message.order() == Order.DELETE || message.order() == Order.HAND_OVER) {
      caller.requireFreshSignIn();
    }
    return receipts.of(
        journal
            .run(caller.employee(), caller.seen(), unit -> checked(unit, caller, message))
            .row());
  }

  private PendingLedgerEntry checked(
      AccountTransaction unit, AuthenticatedDevice caller, OwnerOrder message) {
    OwnedSet set = caller.set(unit);
    try {
      VerifyingKey.decode(set.ownerKey())
          .verify(
              OwnerOrder.transcript(
                  message.order(),
                  tenant,
                  unit.employee(),
                  set.setId().toBytes(),
                  message.argument(),
                  message.nonce()),
              message.ownerSignature());
    } catch (CryptoException e) {
      throw RefusalException.of(VaultRefusal.OWNER_REFUSED);
    }
    if (!message.nonce().equals(nonce(unit))) {
      throw RefusalException.of(VaultRefusal.WRONG_STATE);
    }
    unit.account().learn(set.setId(), caller.deviceId());
    return switch (message.order()) {
      case FREEZE -> freeze(unit, caller);
      case UNFREEZE -> unfreeze(unit, caller);
      case DELETE -> announceDelete(unit, caller);
      case VETO -> veto(unit, caller);
      case HAND_OVER -> handOver(unit, caller, set, message.argument());
    };
  }

  /** Changes with every event of the employee. */
  static Hash256 nonce(AccountTransaction unit) {
    return unit.known().stateHash();
  }

  private static VaultRecord active(AccountTransaction unit, AuthenticatedDevice caller) {
    return unit.account()
        .newest(RecordStage.ACTIVE)
        .filter(record -> record.setId().equals(caller.setId()))
        .orElseThrow(() -> RefusalException.of(VaultRefusal.NO_RECORD));
  }

  /**
   * A freeze ends by itself (spec HK1-V-36). Who has the owner key only, and cannot sign in, stops
   * the attempts once, and not again and again.
   */
  private static PendingLedgerEntry freeze(AccountTransaction unit, AuthenticatedDevice caller) {
    VaultRecord active = active(unit, caller);
    long pause = unit.nowMillis() - VaultLimits.FREEZE_PAUSE.toMillis();
    if (unit.account().frozenUntilMillis() > pause) {
      caller.requireFreshSignIn();
    }
    long until = unit.nowMillis() + VaultLimits.FREEZE_FOR.toMillis();
    unit.account().freeze(until);
    return happens(unit, VaultEvent.FROZEN, caller, active.credId(), Hash256.ZERO)
        .due(until / 1000);
  }

  private static PendingLedgerEntry unfreeze(AccountTransaction unit, AuthenticatedDevice caller) {
    VaultRecord active = active(unit, caller);
    if (!unit.account().frozen()) {
      throw RefusalException.of(VaultRefusal.WRONG_STATE);
    }
    unit.account().unfreeze(unit.nowMillis());
    return happens(unit, VaultEvent.UNFROZEN, caller, active.credId(), Hash256.ZERO);
  }

  private static PendingLedgerEntry announceDelete(
      AccountTransaction unit, AuthenticatedDevice caller) {
    return Announcements.announce(
        unit, caller, Announcement.DELETE, active(unit, caller), Hash256.ZERO);
  }

  /** Calls off what is announced about the caller's ACTIVE record. */
  PendingLedgerEntry veto(AccountTransaction unit, AuthenticatedDevice caller) {
    VaultRecord active = active(unit, caller);
    Account account = unit.account();
    Optional<AnnouncedChange> change = account.announced();
    if (change.isEmpty()) {
      throw RefusalException.of(VaultRefusal.WRONG_STATE);
    }
    account.announce(null);
    PendingLedgerEntry vetoed =
        happens(unit, VaultEvent.VETOED, caller, active.credId(), Hash256.ZERO);
    if (change.get().what() == Announcement.REPLACE) {
      account
          .record(change.get().credId())
          .ifPresent(pending -> settlement.retire(unit, pending, caller.deviceId()));
    }
    return vetoed;
  }

  private static PendingLedgerEntry handOver(
      AccountTransaction unit, AuthenticatedDevice caller, OwnedSet set, byte[] newOwner) {
    try {
      VerifyingKey.decode(newOwner);
    } catch (CryptoException e) {
      throw RefusalException.of(VaultRefusal.MALFORMED);
    }
    unit.account().put(set.ownedBy(newOwner, caller.deviceId()));
    return happens(unit, VaultEvent.HANDED_OVER, caller, Hash256.ZERO, Detail.owner(newOwner));
  }

  private static PendingLedgerEntry happens(
      AccountTransaction unit,
      VaultEvent event,
      AuthenticatedDevice caller,
      Hash256 credId,
      Hash256 detail) {
    return unit.happens(event, caller.setId(), credId, caller.deviceId(), detail);
  }
}
