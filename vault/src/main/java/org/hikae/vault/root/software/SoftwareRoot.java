package org.hikae.vault.root.software;

import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.server.OprfKey;
import org.hikae.hk1.Transcript;
import org.hikae.vault.root.contract.DerivedKeysRoot;
import org.hikae.vault.root.contract.XOnlyOprfKey;

/**
 * The root in this process's memory: {@code ks} and an HMAC secret. Identity, channel and AKE keys
 * are derived from the HMAC, so that only two things have to be kept. What this root does not
 * guarantee is why it warns: code running in the vault, or whoever reads its memory, has the keys
 * for good, not only while inside.
 */
public final class SoftwareRoot extends DerivedKeysRoot {

  /** Name of this root on the card. */
  public static final String NAME = "software";

  /** Length of the HMAC secret, in bytes. */
  static final int SECRET_BYTES = 32;

  private final P256Group group;
  private final Scalar ks;
  private final SecretBytes hmacSecret;

  SoftwareRoot(Scalar ks, SecretBytes hmacSecret, SecureRandom random) {
    super(NAME, input -> hmac(hmacSecret, input), random);
    this.group = new P256Group(random);
    this.ks = ks;
    this.hmacSecret = hmacSecret;
  }

  /** A fresh root. */
  public static SoftwareRoot generate(SecureRandom random) {
    return new SoftwareRoot(
        Scalar.random(random), SecretBytes.random(random, SECRET_BYTES), random);
  }

  @Override
  public OprfKey oprf() {
    return this::multiply;
  }

  private Element multiply(Element element) {
    XOnlyOprfKey.requireMultipliable(element);
    return group.multiply(element, ks);
  }

  private static byte[] hmac(SecretBytes hmacSecret, Transcript input) {
    byte[] key = hmacSecret.expose();
    try {
      return HmacSha256.mac(key, input.toBytes());
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** Always: the keys are in memory. */
  @Override
  public boolean ready() {
    return true;
  }

  /** What the file keeps: {@code ks}, then the HMAC secret. */
  SecretBytes encode() {
    byte[] secret = hmacSecret.expose();
    byte[] both = Arrays.copyOf(ks.encode(), Scalar.BYTES + secret.length);
    System.arraycopy(secret, 0, both, Scalar.BYTES, secret.length);
    Arrays.fill(secret, (byte) 0);
    return SecretBytes.take(both);
  }

  @Override
  public void close() {
    hmacSecret.close();
  }
}
