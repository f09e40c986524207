package org.hikae.crypto.aead;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.AEADBadTagException;
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

  /**
   * Opening cannot be fed in slices, because nothing may come out before the tag was seen. Calls
   * over whole arrays run at 65 MB/s until the JDK has compiled its fast path, which takes a second
   * with them alone. So the first bytes go in slices, and after these the fast path is there.
   */
  private static final long WARM_UP_BYTES = 8L * 1024 * 1024;

  private static final AtomicLong opened = new AtomicLong();

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
    int _ = open(key, nonce, aad, sealed, 0, sealed.length, plaintext);
    return plaintext;
  }

  /**
   * The same for a part of an array, into one that the caller uses again and again. When it fails,
   * what {@code into} holds means nothing.
   *
   * @param into at least {@code length - 16} bytes, filled from its start
   * @return how many bytes were filled
   * @throws CryptoException as above
   */
  public static int open(
      byte[] key, byte[] nonce, byte[] aad, byte[] sealed, int offset, int length, byte[] into)
      throws CryptoException {
    requireLengths(key, nonce);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, aad);
      if (opened.get() < WARM_UP_BYTES) {
        opened.addAndGet(length);
        // A buffer that does not show its array is taken in slices of 512 bytes. The JDK makes a
        // copy of all that the other could take, so it is no longer than it must be.
        ByteBuffer slices = ByteBuffer.wrap(sealed, offset, length).asReadOnlyBuffer();
        int plain = Math.max(0, length - TAG_BYTES);
        return cipher.doFinal(slices, ByteBuffer.wrap(into, 0, plain));
      }
      return cipher.doFinal(sealed, offset, length, into, 0);
    } catch (AEADBadTagException e) {
      throw new CryptoException("The sealed bytes were altered or sealed with another key.");
    } catch (GeneralSecurityException e) {
      throw defect(e);
    }
  }

  @AllowForbidden("The one place that names cipher, mode and padding.")
  static Cipher newCipher() throws GeneralSecurityException {
    return Cipher.getInstance("AES/GCM/NoPadding");
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] aad)
      throws GeneralSecurityException {
    Cipher cipher = newCipher();
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG_BYTES, nonce));
    cipher.updateAAD(aad);
    return cipher;
  }

  private static void requireLengths(byte[] key, byte[] nonce) {
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
