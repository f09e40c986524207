package org.hikae.device.vaultclient;

import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.RegistrationResponse;
import org.hikae.crypto.opaque.client.ClientRegistration;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.PasswordRules;
import org.hikae.device.keys.WrapSealer;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.WrapMethod;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;

/**
 * Registers a password (spec HK1-V-05 to HK1-V-07): RegInit draws the record, RegFinish stores it
 * with the wrap, and then either Expose or a login on the old record makes it the active one. Every
 * field of every receipt is compared with what was sent. The registration counts only after the
 * caller did one real login with {@link VaultLogin} that opened the wrap.
 */
public final class VaultRegistration {

  private final VaultChannel channel;
  private final SecureRandom random;

  /** Registers through {@code channel}. */
  public VaultRegistration(VaultChannel channel, SecureRandom random) {
    this.channel = channel;
    this.random = random;
  }

  /**
   * A record that lies in the vault and answers nobody yet.
   *
   * @param credId the record
   * @param wrap the wrap of K in it
   * @param pending the vault's word for it
   */
  public record Pending(Hash256 credId, byte[] wrap, Receipt pending) {
    /** Copies the array. */
    public Pending {
      wrap = wrap.clone();
    }

    @Override
    public byte[] wrap() {
      return wrap.clone();
    }

    /** What the receipt says when the record becomes the active one, or will. */
    ExpectedReceipt exposed(Set<VaultEvent> events) {
      LedgerEntry entry = pending.entry();
      return new ExpectedReceipt(events, entry.subject().setId(), credId, entry.detail());
    }
  }

  /**
   * RegInit and RegFinish.
   *
   * @param password normalised
   */
  public Pending prepare(BackupKey key, SecretBytes password) throws AgentException {
    byte[] ownerKey = key.ownerKey(random).publicKey().encode();
    UploadedRecord uploaded = evaluate(key, password, ownerKey);
    byte[] reply =
        channel.ask(
            VaultMessageType.REG_FINISH,
            key.setId(),
            new VaultPayload.RegFinish(uploaded.credId(), uploaded.upload(), uploaded.wrap())
                .encode());
    Hash256 credId = Hash256.of(uploaded.credId());
    ExpectedReceipt expected =
        new ExpectedReceipt(
            EnumSet.of(VaultEvent.PENDING),
            key.setId(),
            credId,
            LedgerEntry.Detail.registration(
                Hash256.sha256(uploaded.upload()), Hash256.sha256(uploaded.wrap()), ownerKey));
    return new Pending(credId, uploaded.wrap(), channel.receipt(reply, expected));
  }

  /** What was sent. */
  private record UploadedRecord(byte[] credId, byte[] upload, byte[] wrap) {}

  private UploadedRecord evaluate(BackupKey key, SecretBytes password, byte[] ownerKey)
      throws AgentException {
    byte[] idempotencyKey = new byte[Hk1Constants.ID_BYTES];
    random.nextBytes(idempotencyKey);
    try (SecretBytes input = PasswordRules.opaqueInput(password, key.setId());
        ClientRegistration registration =
            VaultOpaqueFactory.client(channel.ksf(), random).startRegistration(input)) {
      byte[] reply =
          channel.ask(
              VaultMessageType.REG_INIT,
              key.setId(),
              new VaultPayload.RegInit(idempotencyKey, registration.request().encode(), ownerKey)
                  .encode());
      VaultPayload.RegInitDone done = VaultPayload.RegInitDone.parse(reply);
      ClientRegistration.Result result =
          registration.finish(
              RegistrationResponse.decode(done.registrationResponse()),
              channel.card().akeKey(),
              VaultOpaqueFactory.context(channel.card().tenant(), key.setId()));
      try (SecretBytes exportKey = result.exportKey()) {
        byte[] wrap =
            WrapSealer.seal(key, WrapMethod.PASSWORD_VAULT, done.credId(), exportKey, random);
        return new UploadedRecord(done.credId(), result.upload().encode(), wrap);
      }
    } catch (MalformedException | CryptoException e) {
      throw new AgentException(RunResult.REFUSED, e, "vault.reply-altered");
    }
  }

  /**
   * Expose: the owner key says that this record shall count. The receipt says ACTIVE, or
   * REPLACE_ANNOUNCED when another record is in use. Once this is sent nothing is registered anew:
   * when the reply is lost, Status says what came of it.
   */
  public Receipt expose(BackupKey key, Pending pending) throws AgentException {
    SigningKey owner = key.ownerKey(random);
    byte[] credId = pending.credId().toBytes();
    byte[] signature = owner.sign(VaultPayload.Expose.transcript(credId, pending.pending()));
    ExpectedReceipt expected =
        pending.exposed(EnumSet.of(VaultEvent.ACTIVE, VaultEvent.REPLACE_ANNOUNCED));
    byte[] reply;
    try {
      reply =
          channel.ask(
              VaultMessageType.EXPOSE,
              key.setId(),
              new VaultPayload.Expose(credId, signature).encode());
    } catch (AgentException e) {
      return VaultStatusQuery.happened(channel, key.setId(), expected, e, random);
    }
    return channel.receipt(reply, expected);
  }

  /**
   * A login on the old record puts the new one in its place at once.
   *
   * @param login a login on the old password that was proven right
   */
  public Receipt replace(BackupKey key, Pending pending, VaultLogin.ProvenLogin login)
      throws AgentException {
    ExpectedReceipt expected = pending.exposed(EnumSet.of(VaultEvent.ACTIVE));
    VaultPayload.LoginFinishDone done;
    try {
      done = login.finish(VaultPayload.Operation.REPLACE, pending.credId().toBytes());
    } catch (AgentException e) {
      return VaultStatusQuery.happened(channel, key.setId(), expected, e, random);
    }
    return channel.receipt(done.receipt(), expected);
  }
}
