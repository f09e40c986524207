package org.hikae.crypto.kdf;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hikae.crypto.CryptoDefectException;

/**
 * HMAC with SHA-256 (RFC 2104), 32 bytes, by the JDK. The caller's input is a transcript or bytes
 * an RFC prescribes.
 */
public final class HmacSha256 {

  private HmacSha256() {}

  /**
   * The code of {@code input}.
   *
   * @param key at least one byte
   */
  public static byte[] mac(byte[] key, byte[] input) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new CryptoDefectException("HMAC-SHA256 of the JDK refused a key of bytes.", e);
    }
  }

  /** Whether {@code code} is the code of {@code input}; compared in constant time. */
  public static boolean verify(byte[] key, byte[] input, byte[] code) {
    return MessageDigest.isEqual(mac(key, input), code);
  }
}
