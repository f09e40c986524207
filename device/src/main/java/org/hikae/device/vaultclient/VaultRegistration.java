package org.hikae.device.vaultclient;

import java.security.MessageDigest;
import java.security.SecureRandom;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.RegistrationResponse;
import org.hikae.crypto.opaque.client.ClientRegistration;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.PasswordRules;
import org.hikae.device.keys.Wraps;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.WrapMethod;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;

/**
 * Registers a password (spec HK1-V-05 to HK1-V-07): RegInit draws the record, RegFinish stores it
 * with the wrap, Expose makes it the active one. Every field of both receipts is compared with what
 * was sent. The registration counts only after the caller did one real login with {@link
 * VaultLogin} that opened the wrap.
 */
public final class VaultRegistration {

  private final VaultChannel channel;
  private final String subject;
  private final SecureRandom random;

  /**
   * Registers through {@code channel}.
   *
   * @param subject {@code sub} of the employee, compared with the receipts
   */
  public VaultRegistration(VaultChannel channel, String subject, SecureRandom random) {
    this.channel = channel;
    this.subject = subject;
    this.random = random;
  }

  /** What was registered. */
  private record Uploaded(byte[] credId, byte[] upload, byte[] wrap, byte[] ownerKey) {}

  /**
   * Registers and exposes.
   *
   * @param password normalised
   * @return the wrap that now lies in the vault
   */
  public byte[] register(BackupKey key, SecretBytes password) throws AgentException {
    SigningKey owner = key.ownerKey(random);
    Uploaded uploaded = evaluate(key, password, owner);
    byte[] setId = key.setId();
    Receipt pending =
        receipt(
            channel.ask(
                VaultMessageType.REG_FINISH,
                setId,
                new VaultPayload.RegFinish(uploaded.credId(), uploaded.upload(), uploaded.wrap())
                    .encode()),
            VaultEvent.PENDING,
            setId,
            uploaded);
    byte[] signature = owner.sign(VaultPayload.Expose.transcript(uploaded.credId(), pending));
    receipt(
        channel.ask(
            VaultMessageType.EXPOSE,
            setId,
            new VaultPayload.Expose(uploaded.credId(), signature).encode()),
        VaultEvent.ACTIVE,
        setId,
        uploaded);
    return uploaded.wrap();
  }

  private Uploaded evaluate(BackupKey key, SecretBytes password, SigningKey owner)
      throws AgentException {
    byte[] idempotencyKey = new byte[Hk1.ID_BYTES];
    random.nextBytes(idempotencyKey);
    byte[] ownerKey = owner.publicKey().encode();
    try (SecretBytes input = PasswordRules.opaqueInput(password, key.setId());
        ClientRegistration registration = VaultOpaque.client(random).startRegistration(input)) {
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
              VaultOpaque.context(channel.card().tenant(), key.setId()));
      try (SecretBytes exportKey = result.exportKey()) {
        byte[] wrap = Wraps.seal(key, WrapMethod.PASSWORD_VAULT, done.credId(), exportKey, random);
        return new Uploaded(done.credId(), result.upload().encode(), wrap, ownerKey);
      }
    } catch (MalformedException | CryptoException e) {
      throw new AgentException(RunResult.REFUSED, e, "vault.reply-altered");
    }
  }

  private Receipt receipt(byte[] reply, VaultEvent event, byte[] setId, Uploaded sent)
      throws AgentException {
    try {
      Receipt receipt = Receipt.parse(reply);
      channel.card().identityKey().verify(receipt.transcript(), receipt.signature());
      boolean same =
          receipt.event() == event
              && receipt.tenant().equals(channel.card().tenant())
              && receipt.subject().equals(subject)
              && MessageDigest.isEqual(receipt.setId(), setId)
              && MessageDigest.isEqual(receipt.credId(), sent.credId())
              && receipt.uploadHash().equals(Hash256.sha256(sent.upload()))
              && receipt.wrapHash().equals(Hash256.sha256(sent.wrap()))
              && MessageDigest.isEqual(receipt.ownerKey(), sent.ownerKey());
      if (!same) {
        throw new AgentException(RunResult.REFUSED, "vault.receipt-differs");
      }
      return receipt;
    } catch (MalformedException | CryptoException e) {
      throw new AgentException(RunResult.REFUSED, e, "vault.receipt-differs");
    }
  }
}
