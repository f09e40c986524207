package org.hikae.crypto.opaque.server;

import java.security.SecureRandom;
import org.hikae.crypto.group.DhKey;
import org.hikae.crypto.group.DhKeyPair;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.CredentialResponse;
import org.hikae.crypto.opaque.Ke1;
import org.hikae.crypto.opaque.Ke2;
import org.hikae.crypto.opaque.OpaqueContext;
import org.hikae.crypto.opaque.OpaqueKeySchedule;
import org.hikae.crypto.opaque.OpaqueSuite;
import org.hikae.crypto.opaque.RegistrationRecord;
import org.hikae.crypto.opaque.RegistrationRequest;
import org.hikae.crypto.opaque.RegistrationResponse;

/**
 * The server's half of OPAQUE-3DH (RFC 9807). Keeps no state and counts nothing: limits on
 * evaluations are the caller's, and must be charged before a call, because each answer is one
 * guess.
 */
public final class OpaqueServer {

  private final P256Group group;
  private final DhKey akeKey;
  private final SecureRandom random;

  /**
   * Answers with one AKE key.
   *
   * @param akeKey the server's long-term key, in memory or in a token
   * @param random gives nonces and ephemeral keys
   */
  public OpaqueServer(P256Group group, DhKey akeKey, SecureRandom random) {
    this.group = group;
    this.akeKey = akeKey;
    this.random = random;
  }

  /** CreateRegistrationResponse. Evaluates once. */
  public RegistrationResponse register(RegistrationRequest request, OprfKey oprfKey) {
    return new RegistrationResponse(oprfKey.evaluate(request.blindedElement()), akeKey.publicKey());
  }

  /**
   * An answer to KE1.
   *
   * @param ke2 for the client
   * @param pending kept by the server until KE3
   */
  public record Answer(Ke2 ke2, PendingLogin pending) {}

  /**
   * GenerateKE2. Evaluates once. A fake record takes the same path and the same time.
   *
   * @param record what the client uploaded at registration
   * @param oprfKey the key that answered the registration
   */
  public Answer answer(Ke1 ke1, RegistrationRecord record, OprfKey oprfKey, OpaqueContext context) {
    CredentialResponse response =
        CredentialResponse.mask(
            oprfKey.evaluate(ke1.blindedElement()),
            draw(OpaqueSuite.NONCE),
            akeKey.publicKey(),
            record);
    byte[] serverNonce = draw(OpaqueSuite.NONCE);
    DhKeyPair keyShare;
    try (SecretBytes seed = SecretBytes.random(random, OpaqueSuite.SEED)) {
      keyShare = group.deriveKeyPair(seed, OpaqueSuite.AKE_KEY_INFO);
    }
    Element clientKeyShare = ke1.clientKeyShare();
    OpaqueKeySchedule opaqueKeySchedule =
        OpaqueKeySchedule.derive(
            OpaqueKeySchedule.preamble(context, ke1, response, serverNonce, keyShare.publicKey()),
            keyShare.agree(clientKeyShare),
            akeKey.agree(clientKeyShare),
            keyShare.agree(record.clientPublicKey()));
    return new Answer(
        new Ke2(response, serverNonce, keyShare.publicKey(), opaqueKeySchedule.serverMac()),
        new PendingLogin(opaqueKeySchedule.clientMac(), opaqueKeySchedule.sessionKey()));
  }

  private byte[] draw(int length) {
    byte[] drawn = new byte[length];
    random.nextBytes(drawn);
    return drawn;
  }
}
