package org.hikae.vault.core;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.Ke1;
import org.hikae.crypto.opaque.Ke3;
import org.hikae.crypto.opaque.RegistrationRecord;
import org.hikae.crypto.opaque.server.OpaqueServer;
import org.hikae.crypto.opaque.server.PendingLogin;
import org.hikae.hk1.Hash256;
import org.hikae.vault.core.RecordStore.Rows;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultPayload.Operation;
import org.hikae.vault.wire.VaultPayload.StatusEvent;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Guesses (spec HK1-V-08, HK1-V-09). An attempt is charged and committed before anything is
 * evaluated, so no crash, race or lost answer makes a guess free; a proven login takes its own
 * charge back, once.
 */
final class Login {

  private static final byte[] NO_WRAP = new byte[0];

  private final RecordStore store;
  private final RecordSeal seal;
  private final Tally tally;
  private final LockOut lockOut;
  private final VaultKeys keys;
  private final Clock clock;

  Login(
      RecordStore store,
      RecordSeal seal,
      Tally tally,
      LockOut lockOut,
      VaultKeys keys,
      Clock clock) {
    this.store = store;
    this.seal = seal;
    this.tally = tally;
    this.lockOut = lockOut;
    this.keys = keys;
    this.clock = clock;
  }

  /** Outcome of the charging transaction. */
  private sealed interface Charge {
    /** Charged before or just now; {@code ke2} is there when it was answered before. */
    record Granted(
        Attempt attempt,
        RecordSeal.Secrets secrets,
        byte[] setId,
        int attemptsLeft,
        byte @Nullable [] ke2)
        implements Charge {
      @Override
      public String toString() {
        return "Granted(REDACTED)";
      }
    }

    /** No attempt is left; a lock-out that was due is committed. */
    record Exhausted() implements Charge {}
  }

  /** LoginStart: one guess. */
  VaultReply start(Caller caller, VaultPayload.LoginStart message) {
    Ke1 ke1;
    try {
      ke1 = Ke1.decode(message.ke1());
    } catch (CryptoException e) {
      throw RefusalException.of(VaultRefusal.MALFORMED);
    }
    return switch (store.<Charge>transact(rows -> chargeOrRepeat(rows, caller, message))) {
      case Charge.Exhausted exhausted -> new Refused(VaultRefusal.LOCKED, 0, 0);
      case Charge.Granted granted -> {
        byte[] ke2 = granted.ke2() == null ? answer(granted, ke1) : granted.ke2();
        yield new VaultReply.Done(
            new VaultPayload.LoginStartDone(ke2, granted.attemptsLeft()).encode());
      }
    };
  }

  private Charge chargeOrRepeat(Rows rows, Caller caller, VaultPayload.LoginStart message) {
    VaultRecord row = Ownership.require(rows, caller, Hash256.of(message.credId()));
    if (row.stage() != Stage.ACTIVE) {
      throw Ownership.refusalOf(row);
    }
    Counts before = tally.load(rows, caller.employee());
    Hash256 requestHash = caller.loginRequest(message.ke1());
    Optional<Attempt> earlier = rows.attempt(caller.employee(), message.loginId());
    if (earlier.isPresent()) {
      return repeat(row, before, earlier.get(), requestHash);
    }
    if (before.exhausted()) {
      lockOut.settle(rows, caller.employee(), caller.deviceId());
      return new Charge.Exhausted();
    }
    RecordSeal.Secrets secrets = seal.open(row);
    Counts after = tally.save(rows, caller.employee(), before, before.charged());
    Attempt attempt =
        new Attempt(
            new Attempt.Id(caller.employee(), message.loginId(), row.id().credId()),
            requestHash,
            caller.deviceId(),
            storable(clock.instant()),
            after.run(),
            Attempt.State.OPEN,
            null);
    rows.insert(attempt);
    append(rows, caller, VaultEvent.CHARGED);
    return new Charge.Granted(attempt, secrets, row.id().setId(), after.attemptsLeft(), null);
  }

  private Charge repeat(VaultRecord row, Counts counts, Attempt earlier, Hash256 requestHash) {
    boolean same =
        earlier.requestHash().equals(requestHash)
            && earlier.id().credId().equals(row.id().credId())
            && earlier.isOpenAt(clock.instant());
    if (!same) {
      throw RefusalException.of(VaultRefusal.WRONG_STATE);
    }
    byte[] ke2 = earlier.sealed() == null ? null : seal.open(earlier).ke2();
    return new Charge.Granted(
        earlier, seal.open(row), row.id().setId(), counts.attemptsLeft(), ke2);
  }

  /** Evaluates, keeps the login, and gives KE2; when two do so at once, the first one's. */
  private byte[] answer(Charge.Granted granted, Ke1 ke1) {
    OpaqueServer.Answer answer;
    try {
      RegistrationRecord record = RegistrationRecord.decode(granted.secrets().upload());
      answer =
          keys.opaque()
              .answer(
                  ke1,
                  record,
                  keys.oprfKey(granted.secrets().factor()),
                  keys.context(granted.setId()));
    } catch (CryptoException e) {
      throw new TamperedException("A record opened to an upload that this vault does not keep.");
    } catch (UnavailableException e) {
      store.transact(rows -> voidCharge(rows, granted.attempt().id()));
      throw e;
    }
    try (PendingLogin pending = answer.pending();
        SecretBytes encoded = pending.encode()) {
      RecordSeal.Login login = new RecordSeal.Login(answer.ke2().encode(), encoded);
      return store.transact(rows -> keep(rows, granted.attempt(), login));
    }
  }

  private byte[] keep(Rows rows, Attempt charged, RecordSeal.Login login) {
    Attempt now =
        rows.attempt(charged.id().employee(), charged.id().loginId())
            .filter(found -> found.state() == Attempt.State.OPEN)
            .orElseThrow(() -> RefusalException.of(VaultRefusal.WRONG_STATE));
    if (now.sealed() != null) {
      return seal.open(now).ke2();
    }
    rows.update(now.answered(seal.seal(now, login)));
    return login.ke2();
  }

  /** Takes back a charge for which no KE2 was ever made. */
  private boolean voidCharge(Rows rows, Attempt.Id id) {
    Optional<Attempt> unanswered =
        rows.attempt(id.employee(), id.loginId()).filter(found -> found.sealed() == null);
    if (unanswered.isEmpty()) {
      return false;
    }
    Counts before = tally.load(rows, id.employee());
    tally.save(rows, id.employee(), before, before.voided(unanswered.get().run()));
    rows.delete(unanswered.get());
    return true;
  }

  /** LoginFinish: the proof, and one operation. */
  VaultReply finish(Caller caller, VaultPayload.LoginFinish message) {
    return store.transact(rows -> proveOrFail(rows, caller, message));
  }

  private VaultReply proveOrFail(Rows rows, Caller caller, VaultPayload.LoginFinish message) {
    Instant now = clock.instant();
    Attempt attempt =
        rows.attempt(caller.employee(), message.loginId())
            .filter(found -> found.isOpenAt(now) && found.sealed() != null)
            .filter(found -> MessageDigest.isEqual(found.deviceId(), caller.deviceId()))
            .orElseThrow(() -> RefusalException.of(VaultRefusal.WRONG_STATE));
    VaultRecord row = Ownership.require(rows, caller, attempt.id().credId());
    if (row.stage() != Stage.ACTIVE) {
      throw Ownership.refusalOf(row);
    }
    Counts before = tally.load(rows, caller.employee());
    if (!proves(attempt, message)) {
      rows.update(attempt.closed(Attempt.State.FAILED));
      boolean locked = lockOut.settle(rows, caller.employee(), caller.deviceId());
      VaultRefusal refusal = locked ? VaultRefusal.LOCKED : VaultRefusal.LOGIN_FAILED;
      return new Refused(refusal, before.attemptsLeft(), 0);
    }
    tally.save(rows, caller.employee(), before, before.proven());
    rows.update(attempt.closed(Attempt.State.PROVEN));
    append(rows, caller, VaultEvent.OPENED);
    byte[] wrap = operate(rows, caller, row, message.operation());
    return new VaultReply.Done(new VaultPayload.LoginFinishDone(wrap).encode());
  }

  private boolean proves(Attempt attempt, VaultPayload.LoginFinish message) {
    try (SecretBytes encoded = seal.open(attempt).pending();
        PendingLogin pending = PendingLogin.decode(encoded);
        SecretBytes sessionKey = pending.finish(Ke3.decode(message.ke3()))) {
      byte[] bound = VaultPayload.LoginFinish.macBytes(message.loginId(), message.operation());
      return HmacSha256.verify(sessionKey.expose(), bound, message.mac());
    } catch (CryptoException e) {
      return false;
    }
  }

  private byte[] operate(Rows rows, Caller caller, VaultRecord row, Operation operation) {
    return switch (operation) {
      case FETCH -> seal.open(row).wrap();
      case RETIRE -> {
        rows.update(Stage.ACTIVE, row.retired());
        append(rows, caller, VaultEvent.RETIRED);
        yield NO_WRAP;
      }
    };
  }

  private void append(Rows rows, Caller caller, VaultEvent event) {
    rows.append(
        caller.employee(),
        new StatusEvent(event, clock.instant().getEpochSecond(), caller.deviceId()));
  }

  /** The store keeps milliseconds; the sealed login is bound to what the store gives back. */
  private static Instant storable(Instant instant) {
    return Instant.ofEpochMilli(instant.toEpochMilli());
  }
}
