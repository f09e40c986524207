package org.hikae.crypto.opaque.client;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.crypto.group.DhKeyPair;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.Hkdf;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.Ke1;
import org.hikae.crypto.opaque.OpaqueSuite;
import org.hikae.crypto.opaque.Oprf;

/**
 * The client's half of OPAQUE-3DH (RFC 9807). What it sends tells nothing about the password to
 * anyone who lacks the record's OPRF key; what it gets back, the export key, the server cannot
 * compute.
 *
 * <p>The password is any bytes, at most 65535: normalisation is the caller's, and so is what else
 * goes into them.
 */
public final class OpaqueClient {

  private static final byte[] MASKING_KEY = "MaskingKey".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EMPTY = new byte[0];

  private final P256Group group;
  private final Oprf oprf;
  private final Ksf ksf;
  private final SecureRandom random;

  /** Draws blinds, nonces and seeds from {@code random}. */
  public OpaqueClient(P256Group group, Ksf ksf, SecureRandom random) {
    this.group = group;
    this.oprf = new Oprf(group);
    this.ksf = ksf;
    this.random = random;
  }

  /** Starts a registration. The password is copied; close the result. */
  public ClientRegistration startRegistration(SecretBytes password) {
    Oprf.Blinded blinded = blind(password);
    return new ClientRegistration(this, password.copy(), blinded);
  }

  /** Starts a login. The password is copied; close the result. */
  public ClientLogin startLogin(SecretBytes password) {
    Oprf.Blinded blinded = blind(password);
    byte[] nonce = draw(OpaqueSuite.NONCE);
    DhKeyPair keyShare;
    try (SecretBytes seed = SecretBytes.random(random, OpaqueSuite.SEED)) {
      keyShare = group.deriveKeyPair(seed, OpaqueSuite.AKE_KEY_INFO);
    }
    Ke1 ke1 = new Ke1(blinded.blindedElement(), nonce, keyShare.publicKey());
    return new ClientLogin(this, password.copy(), blinded.blind(), keyShare, ke1);
  }

  private Oprf.Blinded blind(SecretBytes password) {
    byte[] exposed = password.expose();
    try {
      return oprf.blind(exposed, random);
    } finally {
      Arrays.fill(exposed, (byte) 0);
    }
  }

  /** RandomizedPassword: unblind, stretch, extract. The slow step. */
  byte[] randomizedPassword(SecretBytes password, Scalar blind, Element evaluatedElement) {
    byte[] output = oprfOutput(password, blind, evaluatedElement);
    byte[] stretched = EMPTY;
    byte[] ikm = EMPTY;
    try {
      // May fail: it wants 64 MiB.
      stretched = ksf.stretch(output);
      ikm = org.bouncycastle.util.Arrays.concatenate(output, stretched);
      return Hkdf.extract(EMPTY, ikm);
    } finally {
      for (byte[] secret : new byte[][] {output, stretched, ikm}) {
        Arrays.fill(secret, (byte) 0);
      }
    }
  }

  private byte[] oprfOutput(SecretBytes password, Scalar blind, Element evaluatedElement) {
    byte[] exposed = password.expose();
    try {
      return oprf.finish(exposed, blind, evaluatedElement);
    } finally {
      Arrays.fill(exposed, (byte) 0);
    }
  }

  static byte[] maskingKey(byte[] randomizedPassword) {
    return Hkdf.expand(randomizedPassword, MASKING_KEY, OpaqueSuite.MAC);
  }

  byte[] draw(int length) {
    byte[] drawn = new byte[length];
    random.nextBytes(drawn);
    return drawn;
  }

  P256Group group() {
    return group;
  }
}
