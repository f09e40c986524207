package org.hikae.device.vaultclient;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.Ke2;
import org.hikae.crypto.opaque.client.ClientLogin;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.PasswordRules;
import org.hikae.device.keys.Wraps;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.WrapHeader;
import org.hikae.hk1.WrapMethod;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;

/**
 * Opens K with the password (spec HK1-V-08, HK1-V-09). One call is one guess: it is charged before
 * the vault answers and taken back when the password was right. A wrong password is a {@link
 * WrongPassword} that says how many are left.
 */
public final class VaultLogin {

  private final VaultChannel channel;
  private final SecureRandom random;

  /** Logs in through {@code channel}. */
  public VaultLogin(VaultChannel channel, SecureRandom random) {
    this.channel = channel;
    this.random = random;
  }

  /** The record to try, or why there is none to try; costs nothing. */
  public VaultPayload.StatusDone activeRecord(byte[] setId) throws AgentException {
    VaultPayload.StatusDone status = VaultStatus.ask(channel, setId, random);
    if (status.state() == RecordState.LOCKED) {
      throw new AgentException(RunResult.LOCKED, "vault.record-locked");
    }
    if (status.state() != RecordState.ACTIVE) {
      throw new AgentException(RunResult.LOCKED, "vault.no-record");
    }
    if (!MessageDigest.isEqual(status.setId(), setId)) {
      throw new AgentException(RunResult.LOCKED, "vault.record-of-another-set");
    }
    return status;
  }

  /**
   * Tries a password once.
   *
   * @param record from {@link #activeRecord}
   * @param password normalised
   */
  public BackupKey open(byte[] setId, VaultPayload.StatusDone record, SecretBytes password)
      throws AgentException {
    byte[] loginId = new byte[Hk1.ID_BYTES];
    random.nextBytes(loginId);
    try (SecretBytes input = PasswordRules.opaqueInput(password, setId);
        ClientLogin login = VaultOpaque.client(random).startLogin(input)) {
      byte[] reply =
          channel.ask(
              VaultMessageType.LOGIN_START,
              setId,
              new VaultPayload.LoginStart(loginId, record.credId(), login.ke1().encode()).encode());
      VaultPayload.LoginStartDone started = VaultPayload.LoginStartDone.parse(reply);
      ClientLogin.Result result = finish(login, started, setId);
      try (SecretBytes sessionKey = result.sessionKey();
          SecretBytes exportKey = result.exportKey()) {
        byte[] wrap = fetch(setId, loginId, result.ke3().encode(), sessionKey);
        return unwrap(setId, record.credId(), wrap, exportKey);
      }
    } catch (MalformedException e) {
      throw new AgentException(RunResult.REFUSED, e, "vault.reply-altered");
    }
  }

  private ClientLogin.Result finish(
      ClientLogin login, VaultPayload.LoginStartDone started, byte[] setId) throws AgentException {
    Ke2 ke2;
    try {
      ke2 = Ke2.decode(started.ke2());
    } catch (CryptoException e) {
      throw new AgentException(RunResult.REFUSED, e, "vault.reply-altered");
    }
    try {
      return login.finish(ke2, VaultOpaque.context(channel.card().tenant(), setId));
    } catch (CryptoException e) {
      throw new WrongPassword(started.attemptsLeft());
    }
  }

  private byte[] fetch(byte[] setId, byte[] loginId, byte[] ke3, SecretBytes sessionKey)
      throws AgentException, MalformedException {
    VaultPayload.Operation operation = VaultPayload.Operation.FETCH;
    byte[] key = sessionKey.expose();
    byte[] mac;
    try {
      mac = HmacSha256.mac(key, VaultPayload.LoginFinish.macBytes(loginId, operation));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
    byte[] reply =
        channel.ask(
            VaultMessageType.LOGIN_FINISH,
            setId,
            new VaultPayload.LoginFinish(loginId, ke3, operation, mac).encode());
    return VaultPayload.LoginFinishDone.parse(reply).passwordWrap();
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
      return Wraps.open(wrap, exportKey);
    } catch (MalformedException | CryptoException e) {
      throw new AgentException(RunResult.CORRUPT, e, "vault.wrap-damaged");
    }
  }
}
