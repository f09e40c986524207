package org.hikae.device.vaultclient;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.Ke2;
import org.hikae.crypto.opaque.client.ClientLogin;
import org.hikae.device.AgentException;
import org.hikae.device.http.UnreachableException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.PasswordRules;
import org.hikae.device.keys.WrapSealer;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.WrapHeader;
import org.hikae.hk1.WrapMethod;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultRefusal;

/**
 * Logs in with the password (spec HK1-V-08, HK1-V-09). One call is one guess: it is charged before
 * the vault answers and taken back when the password was right. A wrong password is a {@link
 * WrongPasswordException} that says how many are left. What is sent again is always the same
 * message; a new guess is the person's alone. One thing is begun anew here, once: the fetch of a
 * key that the vault's ledger says it gave and whose reply was lost, because what such a guess
 * costs is taken back.
 */
public final class VaultLogin {

  private static final byte[] NO_ARGUMENT = new byte[0];

  private static final Set<VaultRefusal> BEFORE_THE_LOGIN =
      EnumSet.of(
          VaultRefusal.TOKEN_REFUSED,
          VaultRefusal.REAUTHENTICATE,
          VaultRefusal.DEVICE_REFUSED,
          VaultRefusal.SEALED);

  private final VaultChannel channel;
  private final SecureRandom random;
  private final Duration exchange;

  /** Logs in through {@code channel}. */
  public VaultLogin(VaultChannel channel, SecureRandom random) {
    this(channel, random, LoginDeadline.EXCHANGE);
  }

  /** Waits no longer than {@code exchange} for the answer to one sending. */
  VaultLogin(VaultChannel channel, SecureRandom random, Duration exchange) {
    this.channel = channel;
    this.random = random;
    this.exchange = exchange;
  }

  /** The record to try, or why there is none to try; costs nothing. */
  public StatusDone activeRecord(byte[] setId) throws AgentException {
    StatusDone status = VaultStatusQuery.report(channel, setId, random);
    if (status.record().state() == RecordState.LOCKED) {
      throw new AgentException(RunResult.LOCKED, "vault.record-locked");
    }
    if (status.record().state() != RecordState.ACTIVE) {
      throw new AgentException(RunResult.LOCKED, "vault.no-record");
    }
    if (!MessageDigest.isEqual(status.record().setId(), setId)) {
      throw new AgentException(RunResult.LOCKED, "vault.record-of-another-set");
    }
    return status;
  }

  /**
   * Opens K with one try.
   *
   * @param record from {@link #activeRecord}
   * @param password normalised
   */
  public BackupKey open(byte[] setId, StatusDone record, SecretBytes password)
      throws AgentException {
    return openWithWrap(setId, record, password).key();
  }

  /** K and the wrap it came out of; the caller closes the key. */
  public record OpenedWrap(BackupKey key, byte[] wrap) {
    @Override
    public String toString() {
      return "OpenedWrap(REDACTED)";
    }
  }

  /** The same as {@link #open}, with the wrap. */
  public OpenedWrap openWithWrap(byte[] setId, StatusDone record, SecretBytes password)
      throws AgentException {
    Hash256 credId = record.record().credId();
    Optional<OpenedWrap> opened = fetch(setId, credId, password);
    if (opened.isEmpty()) {
      opened = fetch(setId, credId, password);
    }
    return opened.orElseThrow(() -> new AgentException(RunResult.NETWORK, "vault.key-lost"));
  }

  /** K with its wrap; nothing when the vault gave it, which has cost nothing, and that was lost. */
  private Optional<OpenedWrap> fetch(byte[] setId, Hash256 credId, SecretBytes password)
      throws AgentException {
    try (ProvenLogin provenLogin = start(setId, credId, password)) {
      ExpectedReceipt expected =
          new ExpectedReceipt(EnumSet.of(VaultEvent.OPENED), setId, credId, provenLogin.detail());
      VaultPayload.LoginFinishDone done;
      try {
        done = provenLogin.finish(VaultPayload.Operation.FETCH, NO_ARGUMENT);
      } catch (VaultRefusedException e) {
        requireGiven(expected, e);
        return Optional.empty();
      } catch (AgentException e) {
        throw VaultRefusedException.saysNothing(e) ? late(e) : charged(e);
      }
      channel.receipt(done.receipt(), expected);
      VaultStatusQuery.catchUp(channel, setId, random);
      byte[] wrap = done.passwordWrap();
      return Optional.of(
          new OpenedWrap(unwrap(setId, credId.toBytes(), wrap, provenLogin.exportKey), wrap));
    }
  }

  /**
   * Takes a fetch that cannot be done for one that was done only when the ledger says so. Else its
   * charge stays, as when it was held back for a minute on its way, and another guess is the
   * person's to begin (spec HK1-V-45).
   */
  private void requireGiven(ExpectedReceipt expected, VaultRefusedException refused)
      throws AgentException {
    if (!refused.is(VaultRefusal.WRONG_STATE)) {
      throw VaultRefusedException.saysNothing(refused) ? late(refused) : notGiven(refused);
    }
    try {
      var _ = VaultStatusQuery.happened(channel, expected.setId(), expected, refused, random);
    } catch (AgentException e) {
      throw late(e);
    }
  }

  /** Of a refusal that is about this sending alone the charge of the guess stays (HK1-V-45). */
  private static AgentException notGiven(VaultRefusedException refused) {
    boolean ofTheGuess = refused.is(VaultRefusal.LOGIN_FAILED) || refused.is(VaultRefusal.LOCKED);
    return ofTheGuess
        ? refused
        : new AgentException(refused.result(), refused, "vault.key-refused", refused);
  }

  /** Nothing of a reply with an older ledger is used, so the guess is taken for spent, too. */
  private static AgentException charged(AgentException e) {
    return e.key().equals(LedgerHeadGuard.SET_BACK)
        ? new AgentException(e.result(), e, "vault.answer-set-back", e)
        : e;
  }

  private static AgentException late(AgentException cause) {
    return new AgentException(RunResult.NETWORK, cause, "vault.key-late");
  }

  /**
   * Asks, and once more for the very same when what came is no word of the vault: within its minute
   * that costs nothing, whether the first one had arrived or not. What is silent is given up in
   * time for that.
   */
  private byte[] askAgain(
      VaultMessageType type, byte[] setId, byte[] payload, LoginDeadline deadline)
      throws AgentException {
    try {
      return channel.ask(type, setId, payload, deadline.call());
    } catch (AgentException e) {
      if (!VaultRefusedException.saysNothing(e) || deadline.over()) {
        throw e;
      }
      try {
        return channel.ask(type, setId, payload, deadline.call());
      } catch (VaultRefusedException again) {
        // What is looked at before the login says nothing of the first one.
        throw BEFORE_THE_LOGIN.stream().anyMatch(again::is) ? e : again;
      }
    }
  }

  /** Why a guess was not answered; where that may be for want of a reply, it is taken for spent. */
  private static AgentException unanswered(AgentException e) {
    boolean over =
        e instanceof VaultRefusedException refused && refused.is(VaultRefusal.WRONG_STATE);
    if (over || e instanceof UnreachableException) {
      return new AgentException(RunResult.NETWORK, e, "vault.answer-lost");
    }
    return VaultRefusedException.saysNothing(e)
        ? new AgentException(RunResult.NETWORK, e, "vault.answer-none", e)
        : charged(e);
  }

  /**
   * The vault itself answered, so a guess was counted, and what came says nothing of the password
   * (spec HK1-V-46). It would answer the same again.
   */
  private static AgentException unreadable(Exception cause) {
    return unanswered(new AgentException(RunResult.REFUSED, cause, VaultRefusedException.ALTERED));
  }

  /** Erases the record at once; the receipt says so. */
  public Receipt retire(byte[] setId, StatusDone record, SecretBytes password)
      throws AgentException {
    return operate(
        VaultPayload.Operation.RETIRE,
        password,
        new ExpectedReceipt(
            EnumSet.of(VaultEvent.RETIRED), setId, record.record().credId(), Hash256.ZERO));
  }

  /** Calls off what is announced about the record; the receipt says so. */
  public Receipt veto(byte[] setId, StatusDone record, SecretBytes password) throws AgentException {
    return operate(
        VaultPayload.Operation.VETO,
        password,
        new ExpectedReceipt(
            EnumSet.of(VaultEvent.VETOED), setId, record.record().credId(), Hash256.ZERO));
  }

  private Receipt operate(
      VaultPayload.Operation operation, SecretBytes password, ExpectedReceipt expected)
      throws AgentException {
    byte[] setId = expected.setId();
    try (ProvenLogin provenLogin = start(setId, expected.credId(), password)) {
      VaultPayload.LoginFinishDone done;
      try {
        done = provenLogin.finish(operation, NO_ARGUMENT);
      } catch (AgentException e) {
        return VaultStatusQuery.happened(channel, setId, expected, e, random);
      }
      Receipt receipt = channel.receipt(done.receipt(), expected);
      VaultStatusQuery.catchUp(channel, setId, random);
      return receipt;
    }
  }

  /**
   * LoginStart. When this returns the password was right, and the login waits a minute for its one
   * operation. When its answer was lost for longer than the vault repeats it, nobody here knows
   * whether the password was right; the guess is taken for spent, and another is not made.
   */
  public ProvenLogin start(byte[] setId, Hash256 credId, SecretBytes password)
      throws AgentException {
    byte[] loginId = new byte[Hk1Constants.ID_BYTES];
    random.nextBytes(loginId);
    try (SecretBytes input = PasswordRules.opaqueInput(password, setId);
        ClientLogin login = VaultOpaqueFactory.client(channel.ksf(), random).startLogin(input)) {
      VaultPayload.LoginStart message =
          new VaultPayload.LoginStart(loginId, credId.toBytes(), login.ke1().encode());
      LoginDeadline deadline = new LoginDeadline(System::nanoTime, channel.clock(), exchange);
      byte[] reply;
      try {
        reply = askAgain(VaultMessageType.LOGIN_START, setId, message.encode(), deadline);
      } catch (AgentException e) {
        throw unanswered(e);
      }
      // The vault's minute ends within a minute from here: it began with the charge.
      LoginDeadline finishing = new LoginDeadline(System::nanoTime, channel.clock(), exchange);
      VaultPayload.LoginStartDone done = VaultPayload.LoginStartDone.parse(reply);
      return new ProvenLogin(setId, loginId, proven(login, done, setId), finishing);
    } catch (MalformedException e) {
      throw unreadable(e);
    }
  }

  private ClientLogin.Result proven(
      ClientLogin login, VaultPayload.LoginStartDone started, byte[] setId) throws AgentException {
    Ke2 ke2;
    try {
      ke2 = Ke2.decode(started.ke2());
    } catch (CryptoException e) {
      throw unreadable(e);
    }
    try {
      return login.finish(ke2, VaultOpaqueFactory.context(channel.card().tenant(), setId));
    } catch (CryptoException e) {
      throw new WrongPasswordException(started.attemptsLeft());
    }
  }

  /** A login whose password was right; closing it destroys its keys. */
  public final class ProvenLogin implements AutoCloseable {

    private final byte[] setId;
    private final byte[] loginId;
    private final byte[] ke3;
    private final SecretBytes sessionKey;
    private final SecretBytes exportKey;
    private final LoginDeadline deadline;

    private ProvenLogin(
        byte[] setId, byte[] loginId, ClientLogin.Result result, LoginDeadline deadline) {
      this.setId = setId.clone();
      this.loginId = loginId;
      this.ke3 = result.ke3().encode();
      this.sessionKey = result.sessionKey();
      this.exportKey = result.exportKey();
      this.deadline = deadline;
    }

    /** How the ledger calls this login. */
    private Hash256 detail() {
      return LedgerEntry.Detail.login(loginId);
    }

    /** LoginFinish with one operation; its receipt is the caller's to verify. */
    VaultPayload.LoginFinishDone finish(VaultPayload.Operation operation, byte[] argument)
        throws AgentException {
      byte[] key = sessionKey.expose();
      byte[] mac;
      try {
        mac = HmacSha256.mac(key, VaultPayload.LoginFinish.macBytes(loginId, operation, argument));
      } finally {
        Arrays.fill(key, (byte) 0);
      }
      byte[] reply =
          askAgain(
              VaultMessageType.LOGIN_FINISH,
              setId,
              new VaultPayload.LoginFinish(loginId, ke3, operation, argument, mac).encode(),
              deadline);
      try {
        VaultPayload.LoginFinishDone done = VaultPayload.LoginFinishDone.parse(reply);
        channel.witnessed().note(setId, done.series());
        return done;
      } catch (MalformedException e) {
        throw new AgentException(RunResult.REFUSED, e, "vault.reply-altered");
      }
    }

    @Override
    public void close() {
      sessionKey.close();
      exportKey.close();
    }
  }

  private static BackupKey unwrap(byte[] setId, byte[] credId, byte[] wrap, SecretBytes exportKey)
      throws AgentException {
    try {
      WrapHeader header = WrapHeader.parse(wrap);
      boolean ours =
          header.method() == WrapMethod.PASSWORD_VAULT
              && MessageDigest.isEqual(header.params(), credId)
              && MessageDigest.isEqual(header.setId(), setId);
      if (!ours) {
        throw new AgentException(RunResult.CORRUPT, "vault.wrap-foreign");
      }
      return WrapSealer.open(wrap, exportKey);
    } catch (MalformedException | CryptoException e) {
      throw new AgentException(RunResult.CORRUPT, e, "vault.wrap-damaged");
    }
  }
}
