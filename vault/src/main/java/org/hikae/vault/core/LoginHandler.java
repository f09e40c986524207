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

  private final GroupCommitExecutor groupCommitExecutor;
  private final RecordSealer sealer;
  private final DueTransitions dueTransitions;
  private final OwnerOrderHandler orders;
  private final AttemptPolicy attemptPolicy;
  private final OpaqueEvaluator opaque;
  private final ReceiptIssuer receipts;
  private final UnansweredCharges unanswered = new UnansweredCharges();

  LoginHandler(
      GroupCommitExecutor groupCommitExecutor,
      RecordSealer sealer,
      DueTransitions dueTransitions,
      OwnerOrderHandler orders,
      AttemptPolicy attemptPolicy,
      OpaqueEvaluator opaque,
      ReceiptIssuer receipts) {
    this.groupCommitExecutor = groupCommitExecutor;
    this.sealer = sealer;
    this.dueTransitions = dueTransitions;
    this.orders = orders;
    this.attemptPolicy = attemptPolicy;
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
      return "ChargedAttempt(REDACTED)";
    }
  }

  /** LoginStart: one guess. */
  VaultPayload.LoginStartDone start(
      AuthenticatedDevice authenticatedDevice, VaultPayload.LoginStart message) {
    opaque.requireKe1(message.ke1());
    authenticatedDevice.requireFreshSignIn();
    ChargedAttempt chargedAttempt =
        groupCommitExecutor.run(
            authenticatedDevice.employee(),
            authenticatedDevice.seen(),
            accountTransaction -> chargeOrRepeat(accountTransaction, authenticatedDevice, message));
    byte[] ke2 =
        chargedAttempt
            .ke2()
            .orElseGet(() -> answer(authenticatedDevice, chargedAttempt, message.ke1()));
    return new VaultPayload.LoginStartDone(ke2, chargedAttempt.attemptsLeft());
  }

  private ChargedAttempt chargeOrRepeat(
      AccountTransaction accountTransaction,
      AuthenticatedDevice authenticatedDevice,
      VaultPayload.LoginStart message) {
    Account account = accountTransaction.account();
    VaultRecord active =
        requireActive(accountTransaction, authenticatedDevice, Hash256.of(message.credId()));
    Id128 loginId = Id128.of(message.loginId());
    Hash256 requestHash = authenticatedDevice.loginRequest(message.ke1());
    Optional<Attempt> earlier = account.attempt(loginId);
    if (earlier.isPresent()) {
      return repeat(accountTransaction, active, earlier.get(), requestHash);
    }
    attemptPolicy
        .refusal(account, authenticatedDevice.deviceId(), accountTransaction.nowMillis())
        .ifPresent(
            refused -> {
              throw new RefusalException(refused);
            });
    RecordSecrets secrets = open(accountTransaction, active);
    AttemptCounters after = account.counts().charged(accountTransaction.nowMillis());
    Attempt attempt =
        new Attempt(
            loginId,
            active.credId(),
            requestHash,
            authenticatedDevice.deviceId(),
            accountTransaction.nowMillis(),
            after.streak(),
            true);
    account.put(after);
    account.put(attempt);
    account.failed(active.setId(), 1);
    account.put(active.evaluated());
    account.evaluatedAt(accountTransaction.nowMillis());
    happens(accountTransaction, VaultEvent.CHARGED, authenticatedDevice, active, loginId);
    attemptPolicy.charged(accountTransaction.employee(), accountTransaction.nowMillis());
    unanswered.charged(accountTransaction, attempt);
    return new ChargedAttempt(
        attempt, secrets, active.setId(), after.attemptsLeft(), Optional.empty());
  }

  private static VaultRecord requireActive(
      AccountTransaction accountTransaction,
      AuthenticatedDevice authenticatedDevice,
      Hash256 credId) {
    VaultRecord record = authenticatedDevice.record(accountTransaction, credId);
    if (record.stage() != RecordStage.ACTIVE) {
      throw AuthenticatedDevice.refusalOf(record);
    }
    return record;
  }

  private ChargedAttempt repeat(
      AccountTransaction accountTransaction,
      VaultRecord active,
      Attempt earlier,
      Hash256 requestHash) {
    boolean same =
        earlier.requestHash().equals(requestHash)
            && earlier.credId().equals(active.credId())
            && earlier.isOpenAt(accountTransaction.nowMillis());
    if (!same) {
      throw RefusalException.of(VaultRefusal.WRONG_STATE);
    }
    int left = accountTransaction.account().counts().attemptsLeft();
    return new ChargedAttempt(
        earlier,
        open(accountTransaction, active),
        active.setId(),
        left,
        ke2(accountTransaction, earlier));
  }

  private Optional<byte[]> ke2(AccountTransaction accountTransaction, Attempt attempt) {
    return opened(accountTransaction, attempt).map(RecordSealer.LoginSecrets::ke2);
  }

  private Optional<RecordSealer.LoginSecrets> opened(
      AccountTransaction accountTransaction, Attempt attempt) {
    return accountTransaction
        .secret(RecordSealer.loginId(accountTransaction.employee(), attempt))
        .map(secret -> sealer.open(accountTransaction.employee(), attempt, secret));
  }

  /** Evaluates, keeps the login, and gives KE2; when two do so at once, the first one's. */
  private byte[] answer(
      AuthenticatedDevice authenticatedDevice, ChargedAttempt chargedAttempt, byte[] ke1) {
    Attempt attempt = chargedAttempt.attempt();
    RecordSealer.LoginSecrets login;
    try {
      login = opaque.answer(ke1, chargedAttempt.secrets(), chargedAttempt.setId());
    } catch (UnavailableException e) {
      groupCommitExecutor.run(
          authenticatedDevice.employee(),
          null,
          accountTransaction -> voidCharge(accountTransaction, attempt));
      throw e;
    }
    try (SecretBytes pending = login.pending()) {
      Secret sealed =
          sealer.seal(
              authenticatedDevice.employee(),
              attempt,
              new RecordSealer.LoginSecrets(login.ke2(), pending));
      byte[] ke2 = login.ke2();
      return groupCommitExecutor.run(
          authenticatedDevice.employee(),
          null,
          accountTransaction -> keep(accountTransaction, attempt, sealed, ke2));
    }
  }

  private RecordSecrets open(AccountTransaction accountTransaction, VaultRecord record) {
    Secret secret =
        accountTransaction
            .secret(record.credId())
            .orElseThrow(() -> new TamperedException("A record's secrets are missing."));
    return sealer.open(secret, record.origin().uploadHash());
  }

  private byte[] keep(
      AccountTransaction accountTransaction, Attempt charged, Secret sealed, byte[] ke2) {
    unanswered.answered(accountTransaction, charged);
    boolean open =
        accountTransaction
            .account()
            .attempt(charged.loginId())
            .filter(found -> found.isOpenAt(accountTransaction.nowMillis()))
            .isPresent();
    if (!open) {
      throw RefusalException.of(VaultRefusal.WRONG_STATE);
    }
    Optional<byte[]> first = ke2(accountTransaction, charged);
    if (first.isEmpty()) {
      accountTransaction.put(SecretKind.LOGIN, sealed);
    }
    return first.orElse(ke2);
  }

  /** Takes back a charge for which this process knows that no KE2 has ever left. */
  private AttemptCounters voidCharge(AccountTransaction accountTransaction, Attempt charged) {
    Account account = accountTransaction.account();
    Optional<Attempt> there = account.attempt(charged.loginId());
    if (there.isEmpty() || !unanswered.isCertain(accountTransaction, charged)) {
      return account.counts();
    }
    account.put(account.counts().voided(charged.streak()));
    account.record(charged.credId()).ifPresent(record -> account.failed(record.setId(), -1));
    account.remove(charged);
    accountTransaction.happens(
        VaultEvent.VOIDED,
        Id128.NONE,
        charged.credId(),
        charged.deviceId(),
        Detail.login(charged.loginId().toBytes()));
    return account.counts();
  }

  /** What finishing a login led to, before its receipt is made. */
  private sealed interface LoginOutcome {
    /** Right; {@code last} is the last thing that was done. */
    record Proven(byte[] wrap, PendingLedgerEntry last, OwnedSet set) implements LoginOutcome {
      @Override
      public String toString() {
        return "Proven(REDACTED)";
      }
    }

    /** Wrong; the charge stays, and that is committed. */
    record Failed(Refused refused) implements LoginOutcome {}
  }

  /** LoginFinish: the proof, and one operation. */
  VaultReply finish(AuthenticatedDevice authenticatedDevice, VaultPayload.LoginFinish message) {
    LoginOutcome outcome =
        groupCommitExecutor.run(
            authenticatedDevice.employee(),
            authenticatedDevice.seen(),
            accountTransaction -> prove(accountTransaction, authenticatedDevice, message));
    return switch (outcome) {
      case LoginOutcome.Failed failed -> failed.refused();
      case LoginOutcome.Proven proven ->
          new VaultReply.Done(
              new VaultPayload.LoginFinishDone(
                      proven.wrap(), receipts.of(proven.last().row()), proven.set().heads())
                  .encode());
    };
  }

  private LoginOutcome prove(
      AccountTransaction accountTransaction,
      AuthenticatedDevice authenticatedDevice,
      VaultPayload.LoginFinish message) {
    Account account = accountTransaction.account();
    Attempt attempt =
        account
            .attempt(Id128.of(message.loginId()))
            .filter(found -> found.isOpenAt(accountTransaction.nowMillis()))
            .filter(found -> found.deviceId().equals(authenticatedDevice.deviceId()))
            .orElseThrow(() -> RefusalException.of(VaultRefusal.WRONG_STATE));
    VaultRecord active = requireActive(accountTransaction, authenticatedDevice, attempt.credId());
    RecordSealer.LoginSecrets login =
        opened(accountTransaction, attempt)
            .orElseThrow(() -> RefusalException.of(VaultRefusal.WRONG_STATE));
    boolean proven;
    try (SecretBytes pending = login.pending()) {
      proven = opaque.proves(pending, message);
    }
    account.put(attempt.closed());
    accountTransaction.erase(RecordSealer.loginId(accountTransaction.employee(), attempt));
    if (!proven) {
      int left = account.counts().attemptsLeft();
      happens(
          accountTransaction, VaultEvent.FAILED, authenticatedDevice, active, attempt.loginId());
      boolean locked = dueTransitions.lockUsedUp(accountTransaction);
      VaultRefusal why = locked ? VaultRefusal.LOCKED : VaultRefusal.LOGIN_FAILED;
      return new LoginOutcome.Failed(new Refused(why, left, 0));
    }
    account.put(account.counts().proven());
    account.failed(active.setId(), -1);
    account.learn(active.setId(), authenticatedDevice.deviceId());
    attemptPolicy.proven(accountTransaction.employee());
    PendingLedgerEntry opened =
        happens(
            accountTransaction, VaultEvent.OPENED, authenticatedDevice, active, attempt.loginId());
    return operate(accountTransaction, authenticatedDevice, active, opened, message);
  }

  private LoginOutcome operate(
      AccountTransaction accountTransaction,
      AuthenticatedDevice authenticatedDevice,
      VaultRecord active,
      PendingLedgerEntry opened,
      VaultPayload.LoginFinish message) {
    OwnedSet set = authenticatedDevice.set(accountTransaction);
    return switch (message.operation()) {
      case FETCH -> new LoginOutcome.Proven(open(accountTransaction, active).wrap(), opened, set);
      case RETIRE ->
          new LoginOutcome.Proven(
              NO_WRAP,
              dueTransitions.retire(accountTransaction, active, authenticatedDevice.deviceId()),
              set);
      case REPLACE ->
          new LoginOutcome.Proven(
              NO_WRAP,
              replace(accountTransaction, authenticatedDevice, active, message.argument()),
              set);
      case VETO ->
          new LoginOutcome.Proven(
              NO_WRAP, orders.veto(accountTransaction, authenticatedDevice), set);
    };
  }

  /** A new password inside a login of the old one: the only thing that starts the counts anew. */
  private PendingLedgerEntry replace(
      AccountTransaction accountTransaction,
      AuthenticatedDevice authenticatedDevice,
      VaultRecord active,
      byte[] argument) {
    VaultRecord pending = authenticatedDevice.record(accountTransaction, Hash256.of(argument));
    if (pending.stage() != RecordStage.PENDING) {
      throw AuthenticatedDevice.refusalOf(pending);
    }
    Hash256 detail = accountTransaction.row(pending.rows().pending()).entry().detail();
    accountTransaction.account().renew(active.setId());
    return dueTransitions.activate(
        accountTransaction, pending, detail, authenticatedDevice.deviceId());
  }

  private static PendingLedgerEntry happens(
      AccountTransaction accountTransaction,
      VaultEvent event,
      AuthenticatedDevice authenticatedDevice,
      VaultRecord record,
      Id128 loginId) {
    return accountTransaction.happens(
        event,
        record.setId(),
        record.credId(),
        authenticatedDevice.deviceId(),
        Detail.login(loginId.toBytes()));
  }
}
