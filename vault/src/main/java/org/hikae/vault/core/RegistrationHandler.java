package org.hikae.vault.core;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.WrapHeader;
import org.hikae.vault.account.Account;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.OwnedSet;
import org.hikae.vault.account.RecordStage;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.account.VaultRecord;
import org.hikae.vault.ledger.ReceiptIssuer;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.VaultStore.SecretKind;
import org.hikae.vault.transaction.AccountTransaction;
import org.hikae.vault.transaction.DueTransitions;
import org.hikae.vault.transaction.EpochRotation;
import org.hikae.vault.transaction.GroupCommitExecutor;
import org.hikae.vault.transaction.PendingLedgerEntry;
import org.hikae.vault.transaction.RecordSealer;
import org.hikae.vault.transaction.RecordSealer.RecordSecrets;
import org.hikae.vault.transaction.RefusalException;
import org.hikae.vault.wire.LedgerEntry.Detail;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.StatusDone.Announcement;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply.Refused;

/**
 * Registration in three phases (spec HK1-V-05 to HK1-V-07): RegInit gives out the one evaluation a
 * fresh credId ever makes, RegFinish stores the record, Expose makes it the employee's only ACTIVE
 * one, at once when there is none, else after it was announced. Each may be sent again and is
 * answered the same.
 */
final class RegistrationHandler {

  private static final byte[] NOTHING_YET = new byte[0];

  private final GroupCommitExecutor groupCommitExecutor;
  private final RecordSealer sealer;
  private final EpochRotation epochs;
  private final DueTransitions dueTransitions;
  private final OpaqueEvaluator opaque;
  private final ReceiptIssuer receipts;
  private final SecureRandom random;

  /** What seals records, and when. */
  record SealingContext(RecordSealer sealer, EpochRotation epochs) {}

  RegistrationHandler(
      GroupCommitExecutor groupCommitExecutor,
      SealingContext sealing,
      DueTransitions dueTransitions,
      OpaqueEvaluator opaque,
      ReceiptIssuer receipts,
      SecureRandom random) {
    this.groupCommitExecutor = groupCommitExecutor;
    this.sealer = sealing.sealer();
    this.epochs = sealing.epochs();
    this.dueTransitions = dueTransitions;
    this.opaque = opaque;
    this.receipts = receipts;
    this.random = random;
  }

  /** What a RegInit may have evaluated. */
  private record BegunRegistration(Hash256 credId, Scalar factor) {
    @Override
    public String toString() {
      return "BegunRegistration(REDACTED)";
    }
  }

  /** First phase. The record is in the store before anything is evaluated. */
  VaultPayload.RegInitDone begin(
      AuthenticatedDevice authenticatedDevice, VaultPayload.RegInit message) {
    opaque.requireRequest(message.registrationRequest());
    requireKey(message.ownerKey());
    authenticatedDevice.requireFreshSignIn();
    BegunRegistration begun =
        groupCommitExecutor.run(
            authenticatedDevice.employee(),
            authenticatedDevice.seen(),
            accountTransaction -> beginOrRepeat(accountTransaction, authenticatedDevice, message));
    byte[] response = opaque.register(message.registrationRequest(), begun.factor());
    return new VaultPayload.RegInitDone(begun.credId().toBytes(), response);
  }

  private static void requireKey(byte[] ownerKey) {
    try {
      VerifyingKey.decode(ownerKey);
    } catch (CryptoException e) {
      throw RefusalException.of(VaultRefusal.MALFORMED);
    }
  }

  private BegunRegistration beginOrRepeat(
      AccountTransaction accountTransaction,
      AuthenticatedDevice authenticatedDevice,
      VaultPayload.RegInit message) {
    Account account = accountTransaction.account();
    Hash256 requestHash = Hash256.sha256(message.registrationRequest());
    Id128 key = Id128.of(message.idempotencyKey());
    Optional<VaultRecord> earlier = account.registration(key);
    if (earlier.isPresent()) {
      return repeated(accountTransaction, earlier.get(), authenticatedDevice, message, requestHash);
    }
    requireRoom(accountTransaction);
    OwnedSet set = SetAdmission.setOf(accountTransaction, authenticatedDevice, message.ownerKey());
    account.put(set);
    account.alive().stream()
        .filter(record -> account.isUnfinished(record))
        .forEach(
            record ->
                dueTransitions.retire(accountTransaction, record, authenticatedDevice.deviceId()));
    Hash256 credId = freshCredId();
    Scalar factor = Scalar.random(random);
    VaultRecord record =
        VaultRecord.begun(credId, set.setId(), key, requestHash, accountTransaction.nowMillis());
    account.put(record);
    account.registeredAt(accountTransaction.nowMillis());
    put(accountTransaction, record, new RecordSecrets(factor, NOTHING_YET, NOTHING_YET));
    happens(accountTransaction, VaultEvent.BEGUN, authenticatedDevice, record, Hash256.ZERO);
    return new BegunRegistration(credId, factor);
  }

  private Hash256 freshCredId() {
    byte[] credId = new byte[Hk1Constants.HASH_BYTES];
    random.nextBytes(credId);
    return Hash256.of(credId);
  }

  private void put(
      AccountTransaction accountTransaction, VaultRecord record, RecordSecrets secrets) {
    int epoch = epochs.current(accountTransaction.nowMillis());
    accountTransaction.put(SecretKind.RECORD, sealer.seal(record.credId(), epoch, secrets));
  }

  private BegunRegistration repeated(
      AccountTransaction accountTransaction,
      VaultRecord earlier,
      AuthenticatedDevice authenticatedDevice,
      VaultPayload.RegInit message,
      Hash256 requestHash) {
    boolean same =
        earlier.origin().requestHash().equals(requestHash)
            && earlier.setId().equals(authenticatedDevice.setId())
            && authenticatedDevice.set(accountTransaction).isOwnedBy(message.ownerKey());
    boolean unexposed =
        earlier.stage() == RecordStage.BEGUN
            || (earlier.stage() == RecordStage.PENDING && earlier.rows().exposed() == 0);
    if (!same || !unexposed) {
      throw RefusalException.of(VaultRefusal.WRONG_STATE);
    }
    return new BegunRegistration(earlier.credId(), open(accountTransaction, earlier).factor());
  }

  private RecordSecrets open(AccountTransaction accountTransaction, VaultRecord record) {
    return sealer.open(
        accountTransaction
            .secret(record.credId())
            .orElseThrow(() -> new TamperedException("A record's secrets are missing.")),
        record.origin().uploadHash());
  }

  private static void requireRoom(AccountTransaction accountTransaction) {
    Account account = accountTransaction.account();
    if (account.counts().exhaustedForLife()) {
      throw new RefusalException(new Refused(VaultRefusal.LOCKED, 0, 0));
    }
    long day = VaultLimits.DAY.toMillis();
    List<Long> today = account.registrationsSince(accountTransaction.nowMillis() - day);
    if (today.size() >= VaultLimits.REGISTRATIONS_A_DAY) {
      long wait = today.getFirst() + day - accountTransaction.nowMillis();
      throw new RefusalException(
          new Refused(VaultRefusal.LIMIT, Refused.NOT_ABOUT_ATTEMPTS, (wait + 999) / 1000));
    }
  }

  /** Second phase. */
  Receipt finish(AuthenticatedDevice authenticatedDevice, VaultPayload.RegFinish message)
      throws MalformedException {
    opaque.requireUpload(message.registrationUpload());
    WrapHeader wrap = WrapHeader.parse(message.passwordWrap());
    // The length of this message admits no other method than the one whose parameters are a credId.
    boolean fits =
        MessageDigest.isEqual(wrap.setId(), authenticatedDevice.setId().toBytes())
            && MessageDigest.isEqual(wrap.params(), message.credId());
    if (!fits) {
      throw new MalformedException("The wrap is not one of this set and record.");
    }
    Supplier<LedgerRow> row =
        groupCommitExecutor.run(
            authenticatedDevice.employee(),
            authenticatedDevice.seen(),
            accountTransaction -> finishOrRepeat(accountTransaction, authenticatedDevice, message));
    return receipts.of(row.get());
  }

  private Supplier<LedgerRow> finishOrRepeat(
      AccountTransaction accountTransaction,
      AuthenticatedDevice authenticatedDevice,
      VaultPayload.RegFinish message) {
    VaultRecord record =
        authenticatedDevice.record(accountTransaction, Hash256.of(message.credId()));
    byte[] upload = message.registrationUpload();
    byte[] wrap = message.passwordWrap();
    Hash256 uploadHash = RecordSecrets.hash(upload, wrap);
    return switch (record.stage()) {
      case PENDING -> {
        if (!record.origin().uploadHash().equals(uploadHash)) {
          throw RefusalException.of(VaultRefusal.WRONG_STATE);
        }
        LedgerRow row = accountTransaction.row(record.rows().pending());
        yield () -> row;
      }
      case BEGUN -> {
        RecordSecrets whole =
            new RecordSecrets(open(accountTransaction, record).factor(), upload, wrap);
        Hash256 detail =
            Detail.registration(
                Hash256.sha256(upload),
                Hash256.sha256(wrap),
                authenticatedDevice.set(accountTransaction).ownerKey());
        PendingLedgerEntry pending =
            happens(accountTransaction, VaultEvent.PENDING, authenticatedDevice, record, detail);
        accountTransaction
            .account()
            .put(record.pending(uploadHash, pending.seq(), accountTransaction.nowMillis()));
        put(accountTransaction, record, whole);
        yield pending::row;
      }
      case ACTIVE, LOCKED, RETIRED -> throw AuthenticatedDevice.refusalOf(record);
    };
  }

  /** Third phase. */
  Receipt expose(AuthenticatedDevice authenticatedDevice, VaultPayload.Expose message) {
    Supplier<LedgerRow> row =
        groupCommitExecutor.run(
            authenticatedDevice.employee(),
            authenticatedDevice.seen(),
            accountTransaction -> exposeOrRepeat(accountTransaction, authenticatedDevice, message));
    return receipts.of(row.get());
  }

  private Supplier<LedgerRow> exposeOrRepeat(
      AccountTransaction accountTransaction,
      AuthenticatedDevice authenticatedDevice,
      VaultPayload.Expose message) {
    VaultRecord record =
        authenticatedDevice.record(accountTransaction, Hash256.of(message.credId()));
    if (record.stage() != RecordStage.PENDING && record.stage() != RecordStage.ACTIVE) {
      throw AuthenticatedDevice.refusalOf(record);
    }
    LedgerRow pending = accountTransaction.row(record.rows().pending());
    requireOwner(authenticatedDevice.set(accountTransaction), message, receipts.of(pending));
    if (record.rows().exposed() > 0) {
      LedgerRow row = accountTransaction.row(record.rows().exposed());
      return () -> row;
    }
    Hash256 detail = pending.entry().detail();
    Account account = accountTransaction.account();
    account.learn(record.setId(), authenticatedDevice.deviceId());
    if (account.newest(RecordStage.ACTIVE).isEmpty()) {
      return dueTransitions.activate(
              accountTransaction, record, detail, authenticatedDevice.deviceId())
          ::row;
    }
    // Without a login the record in use is replaced only after its owners had time to object.
    PendingLedgerEntry announced =
        Announcements.announce(
            accountTransaction, authenticatedDevice, Announcement.REPLACE, record, detail);
    account.put(record.announced(announced.seq()));
    return announced::row;
  }

  private static void requireOwner(OwnedSet set, VaultPayload.Expose message, Receipt pending) {
    try {
      VerifyingKey.decode(set.ownerKey())
          .verify(
              VaultPayload.Expose.transcript(message.credId(), pending), message.ownerSignature());
    } catch (CryptoException e) {
      throw RefusalException.of(VaultRefusal.OWNER_REFUSED);
    }
  }

  private static PendingLedgerEntry happens(
      AccountTransaction accountTransaction,
      VaultEvent event,
      AuthenticatedDevice authenticatedDevice,
      VaultRecord record,
      Hash256 detail) {
    return accountTransaction.happens(
        event, record.setId(), record.credId(), authenticatedDevice.deviceId(), detail);
  }
}
