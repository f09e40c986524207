package org.hikae.vault.core;

import java.util.Optional;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Account;
import org.hikae.vault.account.Attempt;
import org.hikae.vault.account.AttemptCounters;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.OwnedSet;
import org.hikae.vault.account.RecordStage;
import org.hikae.vault.account.VaultRecord;
import org.hikae.vault.ledger.ReceiptIssuer;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.port.VaultStore.Secret;
import org.hikae.vault.port.VaultStore.SecretKind;
import org.hikae.vault.transaction.AccountTransaction;
import org.hikae.vault.transaction.DueTransitions;
import org.hikae.vault.transaction.GroupCommitExecutor;
import org.hikae.vault.transaction.PendingLedgerEntry;
import org.hikae.vault.transaction.RecordSealer;
import org.hikae.vault.transaction.RecordSealer.RecordSecrets;
import org.hikae.vault.transaction.RefusalException;
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
final class LoginHandler {

  private static final byte[] NO_WRAP = new byte[0];

  private final GroupCommitExecutor journal;
  private final RecordSealer seal;
  private final DueTransitions settlement;
  private final OwnerOrderHandler orders;
  private final AttemptPolicy gate;
  private final AttemptThrottle brake;
  private final OpaqueEvaluator opaque;
  private final ReceiptIssuer receipts;
  private final UnansweredCharges unanswered = new UnansweredCharges();

  /** What decides who may try, and what a login may do besides. */
  record LoginRules(AttemptPolicy gate, AttemptThrottle brake, OwnerOrderHandler orders) {}

  LoginHandler(
      GroupCommitExecutor journal,
      RecordSealer seal,
      DueTransitions settlement,
      LoginRules doors,
      OpaqueEvaluator opaque,
      ReceiptIssuer receipts) {
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
  private record ChargedAttempt(
      Attempt attempt, RecordSecrets secrets, Id128 setId, int attemptsLeft, Optional<byte[]> ke2) {
    @Override
    public String toString() {
      return "Granted(REDACTED)";
    }
  }

  /** LoginStart: one guess. */
  VaultPayload.LoginStartDone start(AuthenticatedDevice caller, VaultPayload.LoginStart message) {
    opaque.requireKe1(message.ke1());
    caller.requireFreshSignIn();
    ChargedAttempt granted =
        journal.run(
            caller.employee(), caller.seen(), unit -> chargeOrRepeat(unit, caller, message));
    byte[] ke2 = granted.ke2().orElseGet(() -> answer(caller, granted, message.ke1()));
    return new VaultPayload.LoginStartDone(ke2, granted.attemptsLeft());
  }

  private ChargedAttempt chargeOrRepeat(
      AccountTransaction unit, AuthenticatedDevice caller, VaultPayload.LoginStart message) {
    Account account = unit.account();
    VaultRecord active = requireActive(unit, caller, Hash256.of(message.credId()));
    Id128 loginId = Id128.of(message.loginId());
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
    RecordSecrets secrets = open(unit, active);
    AttemptCounters after = account.counts().charged(unit.nowMillis());
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
    return new ChargedAttempt(
        attempt, secrets, active.setId(), after.attemptsLeft(), Optional.empty());
  }

  private static VaultRecord requireActive(
      AccountTransaction unit, AuthenticatedDevice caller, Hash256 credId) {
    VaultRecord record = caller.record(unit, credId);
    if (record.stage() != RecordStage.ACTIVE) {
      throw AuthenticatedDevice.refusalOf(record);
    }
    return record;
  }

  private ChargedAttempt repeat(
      AccountTransaction unit, VaultRecord active, Attempt earlier, Hash256 requestHash) {
    boolean same =
        earlier.requestHash().equals(requestHash)
            && earlier.credId().equals(active.credId())
            && earlier.isOpenAt(unit.nowMillis());
    if (!same) {
      throw RefusalException.of(VaultRefusal.WRONG_STATE);
    }
    int left = unit.account().counts().attemptsLeft();
    return new ChargedAttempt(
        earlier, open(unit, active), active.setId(), left, ke2(unit, earlier));
  }

  private Optional<byte[]> ke2(AccountTransaction unit, Attempt attempt) {
    return opened(unit, attempt).map(RecordSealer.LoginSecrets::ke2);
  }

  private Optional<RecordSealer.LoginSecrets> opened(AccountTransaction unit, Attempt attempt) {
    return unit.secret(RecordSealer.loginId(unit.employee(), attempt))
        .map(secret -> seal.open(unit.employee(), attempt, secret));
  }

  /** Evaluates, keeps the login, and gives KE2; when two do so at once, the first one's. */
  private byte[] answer(AuthenticatedDevice caller, ChargedAttempt granted, byte[] ke1) {
    Attempt attempt = granted.attempt();
    RecordSealer.LoginSecrets login;
    try {
      login = opaque.answer(ke1, granted.secrets(), granted.setId());
    } catch (UnavailableException e) {
      journal.run(caller.employee(), null, unit -> voidCharge(unit, attempt));
      throw e;
    }
    try (SecretBytes pending = login.pending()) {
      Secret sealed =
          seal.seal(
              caller.employee(), attempt, new RecordSealer.LoginSecrets(login.ke2(), pending));
      byte[] ke2 = login.ke2();
      return journal.run(caller.employee(), null, unit -> keep(unit, attempt, sealed, ke2));
    }
  }

  private RecordSecrets open(AccountTransaction unit, VaultRecord record) {
    Secret secret =
        unit.secret(record.credId())
            .orElseThrow(() -> new TamperedException("A record's secrets are missing."));
    return seal.open(secret, record.origin().uploadHash());
  }

  private byte[] keep(AccountTransaction unit, Attempt charged, Secret sealed, byte[] ke2) {
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
      unit.put(SecretKind.LOGIN, sealed);
    }
    return first.orElse(ke2);
  }

  /** Takes back a charge for which this process knows that no KE2 has ever left. */
  private boolean voidCharge(AccountTransaction unit, Attempt charged) {
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
        Id128.NONE,
        charged.credId(),
        charged.deviceId(),
        Detail.login(charged.loginId().toBytes()));
    return true;
  }

  /** What finishing a login led to, before its receipt is made. */
  private sealed interface Outcome {
    /** Right; {@code last} is the last thing that was done. */
    record Proven(byte[] wrap, PendingLedgerEntry last, OwnedSet set) implements Outcome {
      @Override
      public String toString() {
        return "Right(REDACTED)";
      }
    }

    /** Wrong; the charge stays, and that is committed. */
    record Failed(Refused refused) implements Outcome {}
  }

  /** LoginFinish: the proof, and one operation. */
  VaultReply finish(AuthenticatedDevice caller, VaultPayload.LoginFinish message) {
    Outcome outcome =
        journal.run(caller.employee(), caller.seen(), unit -> prove(unit, caller, message));
    return switch (outcome) {
      case Outcome.Failed wrong -> wrong.refused();
      case Outcome.Proven right ->
          new VaultReply.Done(
              new VaultPayload.LoginFinishDone(
                      right.wrap(), receipts.of(right.last().row()), right.set().heads())
                  .encode());
    };
  }

  private Outcome prove(
      AccountTransaction unit, AuthenticatedDevice caller, VaultPayload.LoginFinish message) {
    Account account = unit.account();
    Attempt attempt =
        account
            .attempt(Id128.of(message.loginId()))
            .filter(found -> found.isOpenAt(unit.nowMillis()))
            .filter(found -> found.deviceId().equals(caller.deviceId()))
            .orElseThrow(() -> RefusalException.of(VaultRefusal.WRONG_STATE));
    VaultRecord active = requireActive(unit, caller, attempt.credId());
    RecordSealer.LoginSecrets login =
        opened(unit, attempt).orElseThrow(() -> RefusalException.of(VaultRefusal.WRONG_STATE));
    boolean proven;
    try (SecretBytes pending = login.pending()) {
      proven = opaque.proves(pending, message);
    }
    account.put(attempt.closed());
    unit.erase(RecordSealer.loginId(unit.employee(), attempt));
    if (!proven) {
      int left = account.counts().attemptsLeft();
      happens(unit, VaultEvent.FAILED, caller, active, attempt.loginId());
      boolean locked = settlement.lockUsedUp(unit);
      VaultRefusal why = locked ? VaultRefusal.LOCKED : VaultRefusal.LOGIN_FAILED;
      return new Outcome.Failed(new Refused(why, left, 0));
    }
    account.put(account.counts().proven());
    account.failed(active.setId(), -1);
    account.learn(active.setId(), caller.deviceId());
    brake.proven(unit.employee());
    PendingLedgerEntry opened = happens(unit, VaultEvent.OPENED, caller, active, attempt.loginId());
    return operate(unit, caller, active, opened, message);
  }

  private Outcome operate(
      AccountTransaction unit,
      AuthenticatedDevice caller,
      VaultRecord active,
      PendingLedgerEntry opened,
      VaultPayload.LoginFinish message) {
    OwnedSet set = caller.set(unit);
    return switch (message.operation()) {
      case FETCH -> new Outcome.Proven(open(unit, active).wrap(), opened, set);
      case RETIRE ->
          new Outcome.Proven(NO_WRAP, settlement.retire(unit, active, caller.deviceId()), set);
      case REPLACE ->
          new Outcome.Proven(NO_WRAP, replace(unit, caller, active, message.argument()), set);
      case VETO -> new Outcome.Proven(NO_WRAP, orders.veto(unit, caller), set);
    };
  }

  /** A new password inside a login of the old one: the only thing that starts the counts anew. */
  private PendingLedgerEntry replace(
      AccountTransaction unit, AuthenticatedDevice caller, VaultRecord active, byte[] argument) {
    VaultRecord pending = caller.record(unit, Hash256.of(argument));
    if (pending.stage() != RecordStage.PENDING) {
      throw AuthenticatedDevice.refusalOf(pending);
    }
    Hash256 detail = unit.row(pending.rows().pending()).entry().detail();
    unit.account().renew(active.setId());
    return settlement.activate(unit, pending, detail, caller.deviceId());
  }

  private static PendingLedgerEntry happens(
      AccountTransaction unit,
      VaultEvent event,
      AuthenticatedDevice caller,
      VaultRecord record,
      Id128 loginId) {
    return unit.happens(
        event, record.setId(), record.credId(), caller.deviceId(), Detail.login(loginId.toBytes()));
  }
}
