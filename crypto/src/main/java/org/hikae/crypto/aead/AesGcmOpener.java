package org.hikae.crypto.aead;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import org.hikae.crypto.CryptoException;

/**
 * Opens many messages, under any keys, into arrays that the caller uses again and again, with one
 * cipher: finding it costs as much as a small message. It opens what {@link AesGcm#open} opens, and
 * nothing else. One instance serves one thread.
 */
public final class AesGcmOpener {

  /**
   * Opening cannot be fed in slices, because nothing may come out before the tag was seen. Calls
   * over whole arrays run at 65 MB/s until the JDK has compiled its fast path, which takes a second
   * with them alone. So the first bytes go in slices, and after these the fast path is there.
   */
  private static final long WARM_UP_BYTES = 8L * 1024 * 1024;

  private static final AtomicLong opened = new AtomicLong();

  private final Cipher cipher;

  /** Has no key of its own. */
  public AesGcmOpener() {
    try {
      this.cipher = AesGcm.newCipher();
    } catch (GeneralSecurityException e) {
      throw AesGcm.defect(e);
    }
  }

  /**
   * Opens a part of an array. When it fails, what {@code into} holds means nothing.
   *
   * @param key 32 bytes
   * @param nonce 12 bytes
   * @param aad additional data
   * @param sealed has the sealed message
   * @param offset where it begins
   * @param length of it, in bytes
   * @param into at least {@code length - 16} bytes, filled from its start
   * @return how many bytes were filled
   * @throws CryptoException when it was sealed otherwise, whatever differs, or when it is too short
   *     for a tag
   */
  public int open(
      byte[] key, byte[] nonce, byte[] aad, byte[] sealed, int offset, int length, byte[] into)
      throws CryptoException {
    AesGcm.requireLengths(key, nonce);
    try {
      AesGcm.init(cipher, Cipher.DECRYPT_MODE, key, nonce, aad);
      if (opened.get() < WARM_UP_BYTES) {
        opened.addAndGet(length);
        // A buffer that does not show its array is taken in slices of 512 bytes. The JDK makes a
        // copy of all that the other could take, so it is no longer than it must be.
        ByteBuffer slices = ByteBuffer.wrap(sealed, offset, length).asReadOnlyBuffer();
        int plain = Math.max(0, length - AesGcm.TAG_BYTES);
        return cipher.doFinal(slices, ByteBuffer.wrap(into, 0, plain));
      }
      return cipher.doFinal(sealed, offset, length, into, 0);
    } catch (AEADBadTagException e) {
      throw new CryptoException("The sealed bytes were altered or sealed with another key.");
    } catch (GeneralSecurityException e) {
      throw AesGcm.defect(e);
    }
  }
}
