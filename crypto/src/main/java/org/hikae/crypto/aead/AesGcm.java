package org.hikae.crypto.aead;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.hikae.crypto.AllowForbidden;
import org.hikae.crypto.CryptoDefectException;
import org.hikae.crypto.CryptoException;

/**
 * AES-256-GCM with a 12-byte nonce and a 16-byte tag behind the ciphertext (NIST SP 800-38D, RFC
 * 5116).
 *
 * <p>Guarantees secrecy and integrity of the plaintext and integrity of the additional data, as
 * long as no pair of key and nonce seals two different messages: the caller's duty. Not guaranteed:
 * commitment. One ciphertext can be made that opens under two keys, so a format whose keys come
 * from passwords carries a commitment of its own.
 */
public final class AesGcm {

  /** Length of a key, in bytes. */
  public static final int KEY_BYTES = 32;

  /** Length of a nonce, in bytes. */
  public static final int NONCE_BYTES = 12;

  /** Length of the tag: how much longer sealed bytes are. */
  public static final int TAG_BYTES = 16;

  /**
   * The JDK compiles its fast path after seconds with large inputs, at once with slices of this
   * size.
   */
  private static final int SLICE_BYTES = 16 * 1024;

  private AesGcm() {}

  /** Seals; the result is 16 bytes longer than {@code plaintext}. */
  public static byte[] seal(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) {
    requireLengths(key, nonce);
    byte[] sealed = new byte[Math.addExact(plaintext.length, TAG_BYTES)];
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, aad);
      int written = sealSlices(cipher, plaintext, 0, plaintext.length, sealed, 0);
      assert written == sealed.length;
      return sealed;
    } catch (GeneralSecurityException e) {
      throw defect(e);
    }
  }

  /** Gives the message to a cipher that is set up for it; returns how many bytes that made. */
  static int sealSlices(
      Cipher cipher, byte[] plaintext, int offset, int length, byte[] sealed, int at)
      throws GeneralSecurityException {
    int read = 0;
    int written = 0;
    while (read < length) {
      int slice = Math.min(SLICE_BYTES, length - read);
      written += cipher.update(plaintext, offset + read, slice, sealed, at + written);
      read += slice;
    }
    return written + cipher.doFinal(sealed, at + written);
  }

  /**
   * Opens what {@link #seal} made with the same key, nonce and additional data.
   *
   * @throws CryptoException when it was not, whatever differs, or when it is too short for a tag
   */
  public static byte[] open(byte[] key, byte[] nonce, byte[] aad, byte[] sealed)
      throws CryptoException {
    byte[] plaintext = new byte[Math.max(0, sealed.length - TAG_BYTES)];
    int _ = new AesGcmOpener().open(key, nonce, aad, sealed, 0, sealed.length, plaintext);
    return plaintext;
  }

  @AllowForbidden("The one place that names cipher, mode and padding.")
  static Cipher newCipher() throws GeneralSecurityException {
    return Cipher.getInstance("AES/GCM/NoPadding");
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] aad)
      throws GeneralSecurityException {
    Cipher cipher = newCipher();
    init(cipher, mode, key, nonce, aad);
    return cipher;
  }

  /** Makes a cipher ready for one message. */
  static void init(Cipher cipher, int mode, byte[] key, byte[] nonce, byte[] aad)
      throws GeneralSecurityException {
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG_BYTES, nonce));
    cipher.updateAAD(aad);
  }

  static void requireLengths(byte[] key, byte[] nonce) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("key must have 32 bytes, not " + key.length);
    }
    if (nonce.length != NONCE_BYTES) {
      throw new IllegalArgumentException("nonce must have 12 bytes, not " + nonce.length);
    }
  }

  static CryptoDefectException defect(GeneralSecurityException cause) {
    return new CryptoDefectException("AES-256-GCM of the JDK refused valid input.", cause);
  }
}
