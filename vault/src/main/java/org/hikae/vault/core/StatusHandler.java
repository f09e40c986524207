package org.hikae.vault.core;

import java.util.List;
import java.util.Optional;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Account;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.OwnedSet;
import org.hikae.vault.account.RecordStage;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.account.VaultRecord;
import org.hikae.vault.ledger.ReceiptIssuer;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.transaction.AccountTransaction;
import org.hikae.vault.transaction.GroupCommitExecutor;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.StatusDone.Announced;
import org.hikae.vault.wire.StatusDone.Attempts;
import org.hikae.vault.wire.StatusDone.RecordView;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultReply.Refused;

/**
 * What the vault knows about an employee, signed over the device's nonce (spec HK1-V-10). Costs
 * nothing and tells every device of the employee what happened, so that notice does not depend on
 * the portal.
 */
final class StatusHandler {

  private static final byte[] UNSIGNED = new byte[0];

  private final GroupCommitExecutor groupCommitExecutor;
  private final AttemptPolicy attemptPolicy;
  private final ReceiptIssuer receipts;
  private final RootKey root;

  StatusHandler(
      GroupCommitExecutor groupCommitExecutor,
      AttemptPolicy attemptPolicy,
      ReceiptIssuer receipts,
      RootKey root) {
    this.groupCommitExecutor = groupCommitExecutor;
    this.attemptPolicy = attemptPolicy;
    this.receipts = receipts;
    this.root = root;
  }

  StatusDone report(AuthenticatedDevice authenticatedDevice, VaultPayload.Status message) {
    Optional<StatusDone> settled =
        groupCommitExecutor.run(
            authenticatedDevice.employee(),
            authenticatedDevice.seen(),
            accountTransaction -> settled(accountTransaction, authenticatedDevice, message));
    StatusDone unsigned =
        settled.orElseGet(
            () ->
                groupCommitExecutor.run(
                    authenticatedDevice.employee(),
                    null,
                    accountTransaction -> read(accountTransaction, authenticatedDevice, message)));
    return unsigned.signed(root.identity().sign(unsigned.transcript()));
  }

  /** Nothing when asking has changed something: what then stands is read after it is committed. */
  private Optional<StatusDone> settled(
      AccountTransaction accountTransaction,
      AuthenticatedDevice authenticatedDevice,
      VaultPayload.Status message) {
    Announcements.heard(accountTransaction, authenticatedDevice, message.afterSeq());
    return accountTransaction.hasChanged()
        ? Optional.empty()
        : Optional.of(read(accountTransaction, authenticatedDevice, message));
  }

  private StatusDone read(
      AccountTransaction accountTransaction,
      AuthenticatedDevice authenticatedDevice,
      VaultPayload.Status message) {
    Account account = accountTransaction.account();
    Optional<VaultRecord> shown = shown(account);
    List<Receipt> events =
        accountTransaction.rowsAfter(message.afterSeq(), StatusDone.MAX_RECEIPTS).stream()
            .map(receipts::of)
            .toList();
    return new StatusDone(
        message.nonce(),
        new RecordView(
            shown.map(record -> record.stage().state()).orElse(RecordState.NONE),
            shown.map(VaultRecord::credId).orElse(Hash256.ZERO),
            shown.map(VaultRecord::setId).orElse(Id128.NONE).toBytes(),
            account.frozen()),
        attempts(accountTransaction, authenticatedDevice),
        account
            .announced()
            .map(
                change ->
                    new Announced(
                        change.what(),
                        Announcements.dueMillis(change, accountTransaction.nowMillis()) / 1000))
            .orElse(Announced.NOTHING),
        OwnerOrderHandler.nonce(accountTransaction),
        account.set(authenticatedDevice.setId()).map(OwnedSet::heads).orElse(List.of()),
        events,
        UNSIGNED);
  }

  private Attempts attempts(
      AccountTransaction accountTransaction, AuthenticatedDevice authenticatedDevice) {
    Account account = accountTransaction.account();
    Optional<VaultRecord> active = account.newest(RecordStage.ACTIVE);
    long wait =
        active
            .flatMap(
                record ->
                    attemptPolicy.refusal(
                        account, authenticatedDevice.deviceId(), accountTransaction.nowMillis()))
            .map(Refused::retryAfterSeconds)
            .orElse(0L);
    int evaluations = active.map(VaultRecord::evaluations).orElse(0);
    boolean locked =
        shown(account).filter(record -> record.stage() == RecordStage.LOCKED).isPresent();
    return new Attempts(
        locked ? 0 : account.counts().attemptsLeft(),
        wait,
        account.counts().lifetimeLeft(),
        VaultLimits.EVALUATIONS_A_RECORD - evaluations);
  }

  /** The ACTIVE record, else the PENDING one, else the one that ended last. */
  private static Optional<VaultRecord> shown(Account account) {
    return account
        .newest(RecordStage.ACTIVE)
        .or(() -> account.newest(RecordStage.PENDING))
        .or(account::lastEnded);
  }
}
