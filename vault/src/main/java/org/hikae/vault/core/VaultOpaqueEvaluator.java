package org.hikae.vault.core;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.Ke1;
import org.hikae.crypto.opaque.Ke3;
import org.hikae.crypto.opaque.OpaqueContext;
import org.hikae.crypto.opaque.RegistrationRecord;
import org.hikae.crypto.opaque.RegistrationRequest;
import org.hikae.crypto.opaque.server.OpaqueServer;
import org.hikae.crypto.opaque.server.OprfKey;
import org.hikae.crypto.opaque.server.PendingLogin;
import org.hikae.crypto.opaque.server.SplitOprfKey;
import org.hikae.vault.account.Id128;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.transaction.RecordSealer;
import org.hikae.vault.transaction.RecordSealer.RecordSecrets;
import org.hikae.vault.transaction.RefusalException;
import org.hikae.vault.wire.VaultPayload.LoginFinish;
import org.hikae.vault.wire.VaultRefusal;

/** OPAQUE with this vault's keys and names (spec, section "Registration"). */
final class VaultOpaqueEvaluator implements OpaqueEvaluator {

  private static final byte[] NO_CONTEXT = new byte[0];

  private final RootKey root;
  private final P256Group group;
  private final OpaqueServer opaque;
  private final byte[] serverIdentity;

  VaultOpaqueEvaluator(RootKey root, String tenant, SecureRandom random) {
    this.root = root;
    this.group = new P256Group(random);
    this.opaque = new OpaqueServer(group, root.ake(), random);
    this.serverIdentity = ("HK1|1|" + tenant + "|vault").getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads bytes of somebody else. */
  private interface Decoder<T> {
    T read(byte[] bytes) throws CryptoException;
  }

  private static <T> T wellFormed(Decoder<T> decoder, byte[] bytes) {
    try {
      return decoder.read(bytes);
    } catch (CryptoException e) {
      throw RefusalException.of(VaultRefusal.MALFORMED);
    }
  }

  @Override
  public void requireRequest(byte[] registrationRequest) {
    wellFormed(RegistrationRequest::decode, registrationRequest);
  }

  @Override
  public void requireUpload(byte[] registrationUpload) {
    wellFormed(RegistrationRecord::decode, registrationUpload);
  }

  @Override
  public void requireKe1(byte[] ke1) {
    wellFormed(Ke1::decode, ke1);
  }

  @Override
  public byte[] register(byte[] registrationRequest, Scalar factor) {
    RegistrationRequest request = wellFormed(RegistrationRequest::decode, registrationRequest);
    return opaque.register(request, oprfKey(factor)).encode();
  }

  @Override
  public RecordSealer.LoginSecrets answer(byte[] ke1, RecordSecrets secrets, Id128 setId) {
    OpaqueContext context = new OpaqueContext(NO_CONTEXT, serverIdentity, setId.toBytes());
    Ke1 decoded = wellFormed(Ke1::decode, ke1);
    try {
      OpaqueServer.Answer answer =
          opaque.answer(
              decoded,
              RegistrationRecord.decode(secrets.upload()),
              oprfKey(secrets.factor()),
              context);
      try (PendingLogin pending = answer.pending()) {
        return new RecordSealer.LoginSecrets(answer.ke2().encode(), pending.encode());
      }
    } catch (CryptoException e) {
      throw new TamperedException("A record opened to an upload that this vault does not keep.");
    }
  }

  @Override
  public boolean proves(SecretBytes encoded, LoginFinish message) {
    try (PendingLogin pending = PendingLogin.decode(encoded);
        SecretBytes sessionKey = pending.finish(Ke3.decode(message.ke3()))) {
      byte[] bound =
          LoginFinish.macBytes(message.loginId(), message.operation(), message.argument());
      return HmacSha256.verify(sessionKey.expose(), bound, message.mac());
    } catch (CryptoException e) {
      return false;
    }
  }

  /** {@code k_u = ks · r_u}. */
  private OprfKey oprfKey(Scalar factor) {
    return new SplitOprfKey(group, root.oprf(), factor);
  }
}
