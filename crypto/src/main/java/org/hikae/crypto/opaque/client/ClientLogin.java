package org.hikae.crypto.opaque.client;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.DhKeyPair;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.Ke1;
import org.hikae.crypto.opaque.Ke2;
import org.hikae.crypto.opaque.Ke3;
import org.hikae.crypto.opaque.OpaqueContext;
import org.hikae.crypto.opaque.OpaqueKeySchedule;
import org.hikae.crypto.opaque.OpaqueSuite;

/** A login between KE1 and KE3. Holds the password until closed. */
public final class ClientLogin implements AutoCloseable {

  private final OpaqueClient client;
  private final SecretBytes password;
  private final Scalar blind;
  private final DhKeyPair keyShare;
  private final Ke1 ke1;

  ClientLogin(
      OpaqueClient client, SecretBytes password, Scalar blind, DhKeyPair keyShare, Ke1 ke1) {
    this.client = client;
    this.password = password;
    this.blind = blind;
    this.keyShare = keyShare;
    this.ke1 = ke1;
  }

  /**
   * The outcome.
   *
   * @param ke3 for the server
   * @param sessionKey 32 bytes shared with the server
   * @param exportKey 32 bytes for the client alone, the same as at registration
   */
  public record Result(Ke3 ke3, SecretBytes sessionKey, SecretBytes exportKey) {}

  /** What to send. */
  public Ke1 ke1() {
    return ke1;
  }

  /**
   * GenerateKE3. Takes as long as the stretching.
   *
   * @throws CryptoException when the password is not the registered one, or a byte of the exchange
   *     or a name differs: the same sentence for every cause
   */
  public Result finish(Ke2 ke2, OpaqueContext context) throws CryptoException {
    byte[] randomizedPassword =
        client.randomizedPassword(password, blind, ke2.credentialResponse().evaluatedElement());
    try {
      byte[] maskingKey = OpaqueClient.maskingKey(randomizedPassword);
      ByteBuffer credentials = ByteBuffer.wrap(ke2.credentialResponse().unmask(maskingKey));
      Arrays.fill(maskingKey, (byte) 0);
      byte[] serverKey = take(credentials, Element.BYTES);
      byte[] nonce = take(credentials, OpaqueSuite.NONCE);
      byte[] tag = take(credentials, OpaqueSuite.MAC);
      Envelope envelope =
          Envelope.derive(client.group(), randomizedPassword, nonce, serverKey, context);
      if (!MessageDigest.isEqual(envelope.tag(), tag)) {
        throw refused();
      }
      return exchange(ke2, context, Element.decode(serverKey), envelope);
    } finally {
      Arrays.fill(randomizedPassword, (byte) 0);
    }
  }

  private Result exchange(
      Ke2 ke2, OpaqueContext context, Element serverPublicKey, Envelope envelope)
      throws CryptoException {
    byte[] preamble =
        OpaqueKeySchedule.preamble(
            context, ke1, ke2.credentialResponse(), ke2.serverNonce(), ke2.serverKeyShare());
    OpaqueKeySchedule opaqueKeySchedule =
        OpaqueKeySchedule.derive(
            preamble,
            keyShare.agree(ke2.serverKeyShare()),
            keyShare.agree(serverPublicKey),
            envelope.clientKey().agree(ke2.serverKeyShare()));
    if (!MessageDigest.isEqual(opaqueKeySchedule.serverMac(), ke2.serverMac())) {
      opaqueKeySchedule.sessionKey().close();
      envelope.exportKey().close();
      throw refused();
    }
    return new Result(
        Ke3.decode(opaqueKeySchedule.clientMac()),
        opaqueKeySchedule.sessionKey(),
        envelope.exportKey());
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] field = new byte[length];
    in.get(field);
    return field;
  }

  private static CryptoException refused() {
    return new CryptoException("The password is wrong, or the answer of the vault was altered.");
  }

  /** Destroys the copy of the password. */
  @Override
  public void close() {
    password.close();
  }
}
