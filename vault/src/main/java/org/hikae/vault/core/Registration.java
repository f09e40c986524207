package org.hikae.vault.core;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.opaque.RegistrationRecord;
import org.hikae.crypto.opaque.RegistrationRequest;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.WrapHeader;
import org.hikae.vault.core.RecordStore.Rows;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultPayload.StatusEvent;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Registration in three phases (spec HK1-V-05 to HK1-V-07): RegInit gives out the one evaluation a
 * fresh credId ever makes, RegFinish stores the record, Expose makes it the employee's only ACTIVE
 * one and erases the one before. Each may be sent again and is answered the same.
 */
final class Registration {

  private static final byte[] NOTHING_YET = new byte[0];

  private final RecordStore store;
  private final RecordSeal seal;
  private final Tally tally;
  private final LockOut lockOut;
  private final VaultKeys keys;
  private final Receipts receipts;
  private final Draws draws;

  /** Where fresh values come from. */
  record Draws(SecureRandom random, Clock clock) {}

  Registration(
      RecordStore store,
      RecordSeal seal,
      Tally tally,
      LockOut lockOut,
      VaultKeys keys,
      Receipts receipts,
      Draws draws) {
    this.store = store;
    this.seal = seal;
    this.tally = tally;
    this.lockOut = lockOut;
    this.keys = keys;
    this.receipts = receipts;
    this.draws = draws;
  }

  /** First phase. The record is in the store before anything is evaluated. */
  VaultPayload.RegInitDone begin(Caller caller, VaultPayload.RegInit message) {
    RegistrationRequest request;
    try {
      request = RegistrationRequest.decode(message.registrationRequest());
      VerifyingKey.decode(message.ownerKey());
    } catch (CryptoException e) {
      throw RefusalException.of(VaultRefusal.MALFORMED);
    }
    VaultRecord begun = store.transact(rows -> beginOrRepeat(rows, caller, message));
    Scalar factor = seal.open(begun).factor();
    byte[] response = keys.opaque().register(request, keys.oprfKey(factor)).encode();
    return new VaultPayload.RegInitDone(begun.id().credId().toBytes(), response);
  }

  private VaultRecord beginOrRepeat(Rows rows, Caller caller, VaultPayload.RegInit message) {
    EmployeeId employee = caller.employee();
    Hash256 requestHash = Hash256.sha256(message.registrationRequest());
    Counts counts = tally.loadOrBegin(rows, employee);
    Optional<VaultRecord> earlier = rows.registration(employee, message.idempotencyKey());
    if (earlier.isPresent()) {
      return repeated(earlier.get(), caller, message, requestHash);
    }
    requireRoomFor(rows, counts, caller, message);
    abandon(rows, employee, Stage.BEGUN, caller.deviceId());
    abandon(rows, employee, Stage.PENDING, caller.deviceId());
    byte[] credId = new byte[Hk1.HASH_BYTES];
    draws.random().nextBytes(credId);
    VaultRecord.Id id =
        new VaultRecord.Id(Hash256.of(credId), employee, caller.setId(), message.ownerKey());
    RecordSeal.Secrets secrets =
        new RecordSeal.Secrets(Scalar.random(draws.random()), NOTHING_YET, NOTHING_YET);
    VaultRecord begun =
        VaultRecord.begun(
            id,
            new VaultRecord.Origin(message.idempotencyKey(), requestHash, draws.clock().instant()),
            seal.seal(id, Stage.BEGUN, secrets));
    rows.insert(begun);
    return begun;
  }

  private static VaultRecord repeated(
      VaultRecord earlier, Caller caller, VaultPayload.RegInit message, Hash256 requestHash) {
    boolean same =
        earlier.origin().requestHash().equals(requestHash)
            && same(earlier.id().setId(), caller.setId())
            && same(earlier.id().ownerKey(), message.ownerKey());
    boolean unexposed = earlier.stage() == Stage.BEGUN || earlier.stage() == Stage.PENDING;
    if (!same || !unexposed) {
      throw RefusalException.of(VaultRefusal.WRONG_STATE);
    }
    return earlier;
  }

  private void requireRoomFor(
      Rows rows, Counts counts, Caller caller, VaultPayload.RegInit message) {
    if (counts.exhaustedForLife()) {
      throw new RefusalException(new Refused(VaultRefusal.LOCKED, 0, 0));
    }
    Instant dayAgo = draws.clock().instant().minus(VaultLimits.REGISTRATION_PERIOD);
    if (rows.registrationsAfter(caller.employee(), dayAgo) >= VaultLimits.REGISTRATIONS_A_DAY) {
      throw new RefusalException(
          new Refused(
              VaultRefusal.LIMIT,
              Refused.NOT_ABOUT_ATTEMPTS,
              VaultLimits.REGISTRATION_PERIOD.toSeconds()));
    }
    Optional<VaultRecord> exposed = rows.lastExposed(caller.employee(), caller.setId());
    if (exposed.isPresent() && !same(exposed.get().id().ownerKey(), message.ownerKey())) {
      throw RefusalException.of(VaultRefusal.OWNER_REFUSED);
    }
  }

  /** At most one unfinished registration: a new one destroys the one before. */
  private void abandon(Rows rows, EmployeeId employee, Stage stage, byte[] deviceId) {
    Optional<VaultRecord> unfinished = rows.newest(employee, stage);
    if (unfinished.isEmpty()) {
      return;
    }
    rows.update(stage, unfinished.get().retired());
    if (stage == Stage.PENDING) {
      append(rows, employee, VaultEvent.RETIRED, deviceId);
    }
  }

  /** Second phase. */
  Receipt finish(Caller caller, VaultPayload.RegFinish message) throws MalformedException {
    requireWellFormed(caller, message);
    Receipt unsigned = store.transact(rows -> finishOrRepeat(rows, caller, message));
    return receipts.signed(unsigned);
  }

  private static void requireWellFormed(Caller caller, VaultPayload.RegFinish message)
      throws MalformedException {
    try {
      RegistrationRecord.decode(message.registrationUpload());
    } catch (CryptoException e) {
      throw RefusalException.of(VaultRefusal.MALFORMED);
    }
    WrapHeader wrap = WrapHeader.parse(message.passwordWrap());
    // The length of this message admits no other method than the one whose parameters are a credId.
    boolean fits = same(wrap.setId(), caller.setId()) && same(wrap.params(), message.credId());
    if (!fits) {
      throw new MalformedException("The wrap is not one of this set and record.");
    }
  }

  private Receipt finishOrRepeat(Rows rows, Caller caller, VaultPayload.RegFinish message) {
    VaultRecord row = Ownership.require(rows, caller, Hash256.of(message.credId()));
    if (row.stage() != Stage.BEGUN && row.stage() != Stage.PENDING) {
      throw Ownership.refusalOf(row);
    }
    RecordSeal.Secrets before = seal.open(row);
    if (row.stage() == Stage.PENDING) {
      boolean repeated =
          same(before.upload(), message.registrationUpload())
              && same(before.wrap(), message.passwordWrap());
      if (!repeated) {
        throw RefusalException.of(VaultRefusal.WRONG_STATE);
      }
      return pendingReceipt(caller, row, before);
    }
    RecordSeal.Secrets whole =
        new RecordSeal.Secrets(
            before.factor(), message.registrationUpload(), message.passwordWrap());
    VaultRecord pending =
        row.pending(draws.clock().instant(), seal.seal(row.id(), Stage.PENDING, whole));
    rows.update(Stage.BEGUN, pending);
    append(rows, caller.employee(), VaultEvent.PENDING, caller.deviceId());
    return pendingReceipt(caller, pending, whole);
  }

  private Receipt pendingReceipt(Caller caller, VaultRecord row, RecordSeal.Secrets secrets) {
    return receipts.unsigned(
        VaultEvent.PENDING, reached(row.pendingAt()), caller.subject(), row, secrets);
  }

  /** Third phase. */
  Receipt expose(Caller caller, VaultPayload.Expose message) {
    Receipt unsigned = store.transact(rows -> exposeOrRepeat(rows, caller, message));
    return receipts.signed(unsigned);
  }

  private Receipt exposeOrRepeat(Rows rows, Caller caller, VaultPayload.Expose message) {
    VaultRecord row = Ownership.require(rows, caller, Hash256.of(message.credId()));
    if (row.stage() != Stage.PENDING && row.stage() != Stage.ACTIVE) {
      throw Ownership.refusalOf(row);
    }
    RecordSeal.Secrets secrets = seal.open(row);
    requireOwner(row, message, pendingReceipt(caller, row, secrets));
    VaultRecord active = row.stage() == Stage.ACTIVE ? row : activate(rows, caller, row, secrets);
    return receipts.unsigned(
        VaultEvent.ACTIVE, reached(active.activeAt()), caller.subject(), active, secrets);
  }

  private static void requireOwner(VaultRecord row, VaultPayload.Expose message, Receipt pending) {
    try {
      VerifyingKey.decode(row.id().ownerKey())
          .verify(
              VaultPayload.Expose.transcript(message.credId(), pending), message.ownerSignature());
    } catch (CryptoException e) {
      throw RefusalException.of(VaultRefusal.OWNER_REFUSED);
    }
  }

  private VaultRecord activate(
      Rows rows, Caller caller, VaultRecord row, RecordSeal.Secrets secrets) {
    EmployeeId employee = caller.employee();
    Counts counts = tally.load(rows, employee);
    Optional<VaultRecord> replaced = rows.newest(employee, Stage.ACTIVE);
    if (replaced.isPresent()) {
      if (counts.exhausted()) {
        lockOut.lock(rows, counts, replaced.get(), caller.deviceId());
      } else {
        rows.update(Stage.ACTIVE, replaced.get().retired());
        append(rows, employee, VaultEvent.RETIRED, caller.deviceId());
      }
    }
    VaultRecord active =
        row.active(draws.clock().instant(), seal.seal(row.id(), Stage.ACTIVE, secrets));
    rows.update(Stage.PENDING, active);
    append(rows, employee, VaultEvent.ACTIVE, caller.deviceId());
    return active;
  }

  private void append(Rows rows, EmployeeId employee, VaultEvent event, byte[] deviceId) {
    rows.append(
        employee, new StatusEvent(event, draws.clock().instant().getEpochSecond(), deviceId));
  }

  private static Instant reached(@Nullable Instant at) {
    if (at == null) {
      throw new TamperedException("A record lacks the time of a stage it has reached.");
    }
    return at;
  }

  private static boolean same(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }
}
