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

  private final GroupCommitExecutor groupCommitExecutor;
  private final DueTransitions dueTransitions;
  private final ReceiptIssuer receipts;
  private final String tenant;

  OwnerOrderHandler(
      GroupCommitExecutor groupCommitExecutor,
      DueTransitions dueTransitions,
      ReceiptIssuer receipts,
      String tenant) {
    this.groupCommitExecutor = groupCommitExecutor;
    this.dueTransitions = dueTransitions;
    this.receipts = receipts;
    this.tenant = tenant;
  }

  Receipt obey(AuthenticatedDevice authenticatedDevice, OwnerOrder message) {
    if (message.order() == Order.DELETE || message.order() == Order.HAND_OVER) {
      authenticatedDevice.requireFreshSignIn();
    }
    return receipts.of(
        groupCommitExecutor
            .run(
                authenticatedDevice.employee(),
                authenticatedDevice.seen(),
                accountTransaction -> checked(accountTransaction, authenticatedDevice, message))
            .row());
  }

  private PendingLedgerEntry checked(
      AccountTransaction accountTransaction,
      AuthenticatedDevice authenticatedDevice,
      OwnerOrder message) {
    OwnedSet set = authenticatedDevice.set(accountTransaction);
    try {
      VerifyingKey.decode(set.ownerKey())
          .verify(
              OwnerOrder.transcript(
                  message.order(),
                  tenant,
                  accountTransaction.employee(),
                  set.setId().toBytes(),
                  message.argument(),
                  message.nonce()),
              message.ownerSignature());
    } catch (CryptoException e) {
      throw RefusalException.of(VaultRefusal.OWNER_REFUSED);
    }
    if (!message.nonce().equals(nonce(accountTransaction))) {
      throw RefusalException.of(VaultRefusal.WRONG_STATE);
    }
    accountTransaction.account().learn(set.setId(), authenticatedDevice.deviceId());
    return switch (message.order()) {
      case FREEZE -> freeze(accountTransaction, authenticatedDevice);
      case UNFREEZE -> unfreeze(accountTransaction, authenticatedDevice);
      case DELETE -> announceDelete(accountTransaction, authenticatedDevice);
      case VETO -> veto(accountTransaction, authenticatedDevice);
      case HAND_OVER -> handOver(accountTransaction, authenticatedDevice, set, message.argument());
    };
  }

  /** Changes with every event of the employee. */
  static Hash256 nonce(AccountTransaction accountTransaction) {
    return accountTransaction.known().stateHash();
  }

  private static VaultRecord active(
      AccountTransaction accountTransaction, AuthenticatedDevice authenticatedDevice) {
    return accountTransaction
        .account()
        .newest(RecordStage.ACTIVE)
        .filter(record -> record.setId().equals(authenticatedDevice.setId()))
        .orElseThrow(() -> RefusalException.of(VaultRefusal.NO_RECORD));
  }

  /**
   * A freeze ends by itself (spec HK1-V-36). Who has the owner key only, and cannot sign in, stops
   * the attempts once, and not again and again.
   */
  private static PendingLedgerEntry freeze(
      AccountTransaction accountTransaction, AuthenticatedDevice authenticatedDevice) {
    VaultRecord active = active(accountTransaction, authenticatedDevice);
    long pause = accountTransaction.nowMillis() - VaultLimits.FREEZE_PAUSE.toMillis();
    if (accountTransaction.account().frozenUntilMillis() > pause) {
      authenticatedDevice.requireFreshSignIn();
    }
    long until = accountTransaction.nowMillis() + VaultLimits.FREEZE_FOR.toMillis();
    accountTransaction.account().freeze(until);
    return happens(
            accountTransaction,
            VaultEvent.FROZEN,
            authenticatedDevice,
            active.credId(),
            Hash256.ZERO)
        .due(until / 1000);
  }

  private static PendingLedgerEntry unfreeze(
      AccountTransaction accountTransaction, AuthenticatedDevice authenticatedDevice) {
    VaultRecord active = active(accountTransaction, authenticatedDevice);
    if (!accountTransaction.account().frozen()) {
      throw RefusalException.of(VaultRefusal.WRONG_STATE);
    }
    accountTransaction.account().unfreeze(accountTransaction.nowMillis());
    return happens(
        accountTransaction,
        VaultEvent.UNFROZEN,
        authenticatedDevice,
        active.credId(),
        Hash256.ZERO);
  }

  private static PendingLedgerEntry announceDelete(
      AccountTransaction accountTransaction, AuthenticatedDevice authenticatedDevice) {
    return Announcements.announce(
        accountTransaction,
        authenticatedDevice,
        Announcement.DELETE,
        active(accountTransaction, authenticatedDevice),
        Hash256.ZERO);
  }

  /** Calls off what is announced about the caller's ACTIVE record. */
  PendingLedgerEntry veto(
      AccountTransaction accountTransaction, AuthenticatedDevice authenticatedDevice) {
    VaultRecord active = active(accountTransaction, authenticatedDevice);
    Account account = accountTransaction.account();
    Optional<AnnouncedChange> change = account.announced();
    if (change.isEmpty()) {
      throw RefusalException.of(VaultRefusal.WRONG_STATE);
    }
    account.announce(null);
    PendingLedgerEntry vetoed =
        happens(
            accountTransaction,
            VaultEvent.VETOED,
            authenticatedDevice,
            active.credId(),
            Hash256.ZERO);
    if (change.get().what() == Announcement.REPLACE) {
      account
          .record(change.get().credId())
          .ifPresent(
              pending ->
                  dueTransitions.retire(
                      accountTransaction, pending, authenticatedDevice.deviceId()));
    }
    return vetoed;
  }

  private static PendingLedgerEntry handOver(
      AccountTransaction accountTransaction,
      AuthenticatedDevice authenticatedDevice,
      OwnedSet set,
      byte[] newOwner) {
    try {
      VerifyingKey.decode(newOwner);
    } catch (CryptoException e) {
      throw RefusalException.of(VaultRefusal.MALFORMED);
    }
    accountTransaction.account().put(set.ownedBy(newOwner, authenticatedDevice.deviceId()));
    return happens(
        accountTransaction,
        VaultEvent.HANDED_OVER,
        authenticatedDevice,
        Hash256.ZERO,
        Detail.owner(newOwner));
  }

  private static PendingLedgerEntry happens(
      AccountTransaction accountTransaction,
      VaultEvent event,
      AuthenticatedDevice authenticatedDevice,
      Hash256 credId,
      Hash256 detail) {
    return accountTransaction.happens(
        event, authenticatedDevice.setId(), credId, authenticatedDevice.deviceId(), detail);
  }
}
