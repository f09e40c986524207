package org.hikae.crypto.kdf;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.hikae.crypto.CryptoDefectException;

/** HKDF with SHA-256 (RFC 5869), by the JDK. An empty salt means 32 zero bytes, as the RFC says. */
public final class Hkdf {

  /** Length of an extracted key, in bytes. */
  public static final int PRK_BYTES = 32;

  /** The most that one expansion can give, in bytes. */
  public static final int MAX_OUTPUT_BYTES = 255 * 32;

  private Hkdf() {}

  /** HKDF-Extract: 32 bytes from a salt and input key material, both of any length. */
  public static byte[] extract(byte[] salt, byte[] ikm) {
    return run(HKDFParameterSpec.ofExtract().addSalt(salt).addIKM(ikm).extractOnly());
  }

  /**
   * HKDF-Expand.
   *
   * @param prk a key from {@link #extract}, or any uniformly random key of at least 32 bytes
   * @param length 1 to 8160
   */
  public static byte[] expand(byte[] prk, byte[] info, int length) {
    if (prk.length < PRK_BYTES) {
      throw new IllegalArgumentException("prk must have at least 32 bytes, not " + prk.length);
    }
    requireLength(length);
    return run(HKDFParameterSpec.expandOnly(new SecretKeySpec(prk, "Generic"), info, length));
  }

  /** Extract, then expand to {@code length} bytes, 1 to 8160. */
  public static SecretBytes derive(byte[] salt, SecretBytes ikm, byte[] info, int length) {
    requireLength(length);
    byte[] exposed = ikm.expose();
    try {
      return SecretBytes.take(
          run(
              HKDFParameterSpec.ofExtract()
                  .addSalt(salt)
                  .addIKM(exposed)
                  .thenExpand(info, length)));
    } finally {
      Arrays.fill(exposed, (byte) 0);
    }
  }

  private static void requireLength(int length) {
    if (length < 1 || length > MAX_OUTPUT_BYTES) {
      throw new IllegalArgumentException("length (" + length + ") must be between 1 and 8160");
    }
  }

  private static byte[] run(AlgorithmParameterSpec parameters) {
    try {
      return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
    } catch (GeneralSecurityException e) {
      throw new CryptoDefectException("HKDF-SHA256 of the JDK refused valid input.", e);
    }
  }
}
