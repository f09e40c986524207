package org.hikae.crypto.opaque.client;

import java.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.OpaqueContext;
import org.hikae.crypto.opaque.OpaqueSuite;
import org.hikae.crypto.opaque.Oprf;
import org.hikae.crypto.opaque.RegistrationRecord;
import org.hikae.crypto.opaque.RegistrationRequest;
import org.hikae.crypto.opaque.RegistrationResponse;

/** A registration between request and upload. Holds the password until closed. */
public final class ClientRegistration implements AutoCloseable {

  private final OpaqueClient client;
  private final SecretBytes password;
  private final Oprf.Blinded blinded;

  ClientRegistration(OpaqueClient client, SecretBytes password, Oprf.Blinded blinded) {
    this.client = client;
    this.password = password;
    this.blinded = blinded;
  }

  /**
   * The outcome.
   *
   * @param upload for the server
   * @param exportKey 32 bytes for the client alone; every later login with this password gives it
   *     again
   */
  public record Result(RegistrationRecord upload, SecretBytes exportKey) {}

  /** What to send. */
  public RegistrationRequest request() {
    return new RegistrationRequest(blinded.blindedElement());
  }

  /**
   * FinalizeRegistrationRequest. Takes as long as the stretching.
   *
   * @param pinnedServerKey the AKE key of the card the client trusts
   * @throws CryptoException when the response carries another server key: someone answers in the
   *     vault's place. Nothing was computed from the password then.
   */
  public Result finish(
      RegistrationResponse response, Element pinnedServerKey, OpaqueContext context)
      throws CryptoException {
    if (!response.serverPublicKey().equals(pinnedServerKey)) {
      throw new CryptoException("The registration was answered with another key than the card's.");
    }
    byte[] randomizedPassword =
        client.randomizedPassword(password, blinded.blind(), response.evaluatedElement());
    try {
      byte[] nonce = client.draw(OpaqueSuite.NONCE);
      Envelope envelope =
          Envelope.derive(
              client.group(), randomizedPassword, nonce, pinnedServerKey.encode(), context);
      return new Result(
          new RegistrationRecord(
              envelope.clientPublicKey(),
              OpaqueClient.maskingKey(randomizedPassword),
              org.bouncycastle.util.Arrays.concatenate(nonce, envelope.tag())),
          envelope.exportKey());
    } finally {
      Arrays.fill(randomizedPassword, (byte) 0);
    }
  }

  /** Destroys the copy of the password. */
  @Override
  public void close() {
    password.close();
  }
}
