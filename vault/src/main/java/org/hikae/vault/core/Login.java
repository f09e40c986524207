package org.hikae.vault.core;

import java.util.Optional;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Account;
import org.hikae.vault.account.Attempt;
import org.hikae.vault.account.Counts;
import org.hikae.vault.account.Id;
import org.hikae.vault.account.OwnedSet;
import org.hikae.vault.account.Stage;
import org.hikae.vault.account.VaultRecord;
import org.hikae.vault.ledger.Receipts;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.port.VaultStore.Kind;
import org.hikae.vault.port.VaultStore.Secret;
import org.hikae.vault.transaction.Happening;
import org.hikae.vault.transaction.Journal;
import org.hikae.vault.transaction.RecordSeal;
import org.hikae.vault.transaction.RecordSeal.Secrets;
import org.hikae.vault.transaction.RefusalException;
import org.hikae.vault.transaction.Settlement;
import org.hikae.vault.transaction.Unit;
import org.hikae.vault.wire.LedgerEntry.Detail;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Refused;

/**
 * Guesses (spec HK1-V-08, HK1-V-09). An attempt is charged, committed and anchored before anything
 * is evaluated, so no crash, race or lost answer makes a guess free; a proven login takes its own
 * charge back, once.
 */
final class Login {

  private static final byte[] NO_WRAP = new byte[0];

  private final Journal journal;
  private final RecordSeal seal;
  private final Settlement settlement;
  private final Orders orders;
  private final Gate gate;
  private final Brake brake;
  private final Opaque opaque;
  private final Receipts receipts;
  private final Unanswered unanswered = new Unanswered();

  /** What decides who may try, and what a login may do besides. */
  record Doors(Gate gate, Brake brake, Orders orders) {}

  Login(
      Journal journal,
      RecordSeal seal,
      Settlement settlement,
      Doors doors,
      Opaque opaque,
      Receipts receipts) {
    this.journal = journal;
    this.seal = seal;
    this.settlement = settlement;
    this.orders = doors.orders();
    this.gate = doors.gate();
    this.brake = doors.brake();
    this.opaque = opaque;
    this.receipts = receipts;
  }

  /**
   * A charge that was made before or just now; {@code ke2} is there when it was answered before.
   */
  private record Granted(
      Attempt attempt, Secrets secrets, Id setId, int attemptsLeft, Optional<byte[]> ke2) {
    @Override
    public String toString() {
      return "Granted(REDACTED)";
    }
  }

  /** LoginStart: one guess. */
  VaultPayload.LoginStartDone start(Caller caller, VaultPayload.LoginStart message) {
    opaque.requireKe1(message.ke1());
    caller.requireFreshSignIn();
    Granted granted =
        journal.run(
            caller.employee(), caller.seen(), unit -> chargeOrRepeat(unit, caller, message));
    byte[] ke2 = granted.ke2().orElseGet(() -> answer(caller, granted, message.ke1()));
    return new VaultPayload.LoginStartDone(ke2, granted.attemptsLeft());
  }

  private Granted chargeOrRepeat(Unit unit, Caller caller, VaultPayload.LoginStart message) {
    Account account = unit.account();
    VaultRecord active = requireActive(unit, caller, Hash256.of(message.credId()));
    Id loginId = Id.of(message.loginId());
    Hash256 requestHash = caller.loginRequest(message.ke1());
    Optional<Attempt> earlier = account.attempt(loginId);
    if (earlier.isPresent()) {
      return repeat(unit, active, earlier.get(), requestHash);
    }
    gate.refusal(account, caller.deviceId(), unit.nowMillis())
        .ifPresent(
            refused -> {
              throw new RefusalException(refused);
            });
    Secrets secrets = open(unit, active);
    Counts after = account.counts().charged(unit.nowMillis());
    Attempt attempt =
        new Attempt(
            loginId,
            active.credId(),
            requestHash,
            caller.deviceId(),
            unit.nowMillis(),
            after.run(),
            true);
    account.put(after);
    account.put(attempt);
    account.failed(active.setId(), 1);
    account.put(active.evaluated());
    account.evaluatedAt(unit.nowMillis());
    happens(unit, VaultEvent.CHARGED, caller, active, loginId);
    brake.charged(unit.employee(), unit.nowMillis());
    unanswered.charged(unit, attempt);
    return new Granted(attempt, secrets, active.setId(), after.attemptsLeft(), Optional.empty());
  }

  private static VaultRecord requireActive(Unit unit, Caller caller, Hash256 credId) {
    VaultRecord record = caller.record(unit, credId);
    if (record.stage() != Stage.ACTIVE) {
      throw Caller.refusalOf(record);
    }
    return record;
  }

  private Granted repeat(Unit unit, VaultRecord active, Attempt earlier, Hash256 requestHash) {
    boolean same =
        earlier.requestHash().equals(requestHash)
            && earlier.credId().equals(active.credId())
            && earlier.isOpenAt(unit.nowMillis());
    if (!same) {
      throw RefusalException.of(VaultRefusal.WRONG_STATE);
    }
    int left = unit.account().counts().attemptsLeft();
    return new Granted(earlier, open(unit, active), active.setId(), left, ke2(unit, earlier));
  }

  private Optional<byte[]> ke2(Unit unit, Attempt attempt) {
    return opened(unit, attempt).map(RecordSeal.Login::ke2);
  }

  private Optional<RecordSeal.Login> opened(Unit unit, Attempt attempt) {
    return unit.secret(RecordSeal.loginId(unit.employee(), attempt))
        .map(secret -> seal.open(unit.employee(), attempt, secret));
  }

  /** Evaluates, keeps the login, and gives KE2; when two do so at once, the first one's. */
  private byte[] answer(Caller caller, Granted granted, byte[] ke1) {
    Attempt attempt = granted.attempt();
    RecordSeal.Login login;
    try {
      login = opaque.answer(ke1, granted.secrets(), granted.setId());
    } catch (UnavailableException e) {
      journal.run(caller.employee(), null, unit -> voidCharge(unit, attempt));
      throw e;
    }
    try (SecretBytes pending = login.pending()) {
      Secret sealed =
          seal.seal(caller.employee(), attempt, new RecordSeal.Login(login.ke2(), pending));
      byte[] ke2 = login.ke2();
      return journal.run(caller.employee(), null, unit -> keep(unit, attempt, sealed, ke2));
    }
  }

  private Secrets open(Unit unit, VaultRecord record) {
    Secret secret =
        unit.secret(record.credId())
            .orElseThrow(() -> new TamperedException("A record's secrets are missing."));
    return seal.open(secret, record.origin().uploadHash());
  }

  private byte[] keep(Unit unit, Attempt charged, Secret sealed, byte[] ke2) {
    unanswered.answered(unit, charged);
    boolean open =
        unit.account()
            .attempt(charged.loginId())
            .filter(found -> found.isOpenAt(unit.nowMillis()))
            .isPresent();
    if (!open) {
      throw RefusalException.of(VaultRefusal.WRONG_STATE);
    }
    Optional<byte[]> first = ke2(unit, charged);
    if (first.isEmpty()) {
      unit.put(Kind.LOGIN, sealed);
    }
    return first.orElse(ke2);
  }

  /** Takes back a charge for which this process knows that no KE2 has ever left. */
  private boolean voidCharge(Unit unit, Attempt charged) {
    Account account = unit.account();
    Optional<Attempt> there = account.attempt(charged.loginId());
    if (there.isEmpty() || !unanswered.isCertain(unit, charged)) {
      return false;
    }
    account.put(account.counts().voided(charged.run()));
    account.record(charged.credId()).ifPresent(record -> account.failed(record.setId(), -1));
    account.remove(charged);
    unit.happens(
        VaultEvent.VOIDED,
        Id.NONE,
        charged.credId(),
        charged.deviceId(),
        Detail.login(charged.loginId().toBytes()));
    return true;
  }

  /** What finishing a login led to, before its receipt is made. */
  private sealed interface Outcome {
    /** Right; {@code last} is the last thing that was done. */
    record Right(byte[] wrap, Happening last, OwnedSet set) implements Outcome {
      @Override
      public String toString() {
        return "Right(REDACTED)";
      }
    }

    /** Wrong; the charge stays, and that is committed. */
    record Wrong(Refused refused) implements Outcome {}
  }

  /** LoginFinish: the proof, and one operation. */
  VaultReply finish(Caller caller, VaultPayload.LoginFinish message) {
    Outcome outcome =
        journal.run(caller.employee(), caller.seen(), unit -> prove(unit, caller, message));
    return switch (outcome) {
      case Outcome.Wrong wrong -> wrong.refused();
      case Outcome.Right right ->
          new VaultReply.Done(
              new VaultPayload.LoginFinishDone(
                      right.wrap(), receipts.of(right.last().row()), right.set().heads())
                  .encode());
    };
  }

  private Outcome prove(Unit unit, Caller caller, VaultPayload.LoginFinish message) {
    Account account = unit.account();
    Attempt attempt =
        account
            .attempt(Id.of(message.loginId()))
            .filter(found -> found.isOpenAt(unit.nowMillis()))
            .filter(found -> found.deviceId().equals(caller.deviceId()))
            .orElseThrow(() -> RefusalException.of(VaultRefusal.WRONG_STATE));
    VaultRecord active = requireActive(unit, caller, attempt.credId());
    RecordSeal.Login login =
        opened(unit, attempt).orElseThrow(() -> RefusalException.of(VaultRefusal.WRONG_STATE));
    boolean proven;
    try (SecretBytes pending = login.pending()) {
      proven = opaque.proves(pending, message);
    }
    account.put(attempt.closed());
    unit.erase(RecordSeal.loginId(unit.employee(), attempt));
    if (!proven) {
      int left = account.counts().attemptsLeft();
      happens(unit, VaultEvent.FAILED, caller, active, attempt.loginId());
      boolean locked = settlement.lockUsedUp(unit);
      VaultRefusal why = locked ? VaultRefusal.LOCKED : VaultRefusal.LOGIN_FAILED;
      return new Outcome.Wrong(new Refused(why, left, 0));
    }
    account.put(account.counts().proven());
    account.failed(active.setId(), -1);
    account.learn(active.setId(), caller.deviceId());
    brake.proven(unit.employee());
    Happening opened = happens(unit, VaultEvent.OPENED, caller, active, attempt.loginId());
    return operate(unit, caller, active, opened, message);
  }

  private Outcome operate(
      Unit unit,
      Caller caller,
      VaultRecord active,
      Happening opened,
      VaultPayload.LoginFinish message) {
    OwnedSet set = caller.set(unit);
    return switch (message.operation()) {
      case FETCH -> new Outcome.Right(open(unit, active).wrap(), opened, set);
      case RETIRE ->
          new Outcome.Right(NO_WRAP, settlement.retire(unit, active, caller.deviceId()), set);
      case REPLACE ->
          new Outcome.Right(NO_WRAP, replace(unit, caller, active, message.argument()), set);
      case VETO -> new Outcome.Right(NO_WRAP, orders.veto(unit, caller), set);
    };
  }

  /** A new password inside a login of the old one: the only thing that starts the counts anew. */
  private Happening replace(Unit unit, Caller caller, VaultRecord active, byte[] argument) {
    VaultRecord pending = caller.record(unit, Hash256.of(argument));
    if (pending.stage() != Stage.PENDING) {
      throw Caller.refusalOf(pending);
    }
    Hash256 detail = unit.row(pending.rows().pending()).entry().detail();
    unit.account().renew(active.setId());
    return settlement.activate(unit, pending, detail, caller.deviceId());
  }

  private static Happening happens(
      Unit unit, VaultEvent event, Caller caller, VaultRecord record, Id loginId) {
    return unit.happens(
        event, record.setId(), record.credId(), caller.deviceId(), Detail.login(loginId.toBytes()));
  }
}
