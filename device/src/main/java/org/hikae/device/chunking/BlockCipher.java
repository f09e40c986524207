package org.hikae.device.chunking;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.hikae.crypto.AllowForbidden;
import org.hikae.crypto.CryptoDefectException;

/** AES-256 of many blocks, each for itself: a pseudo-random function, whose values go nowhere. */
final class BlockCipher {

  /** Length of a block, in bytes. */
  static final int BLOCK = 16;

  private final Cipher aes;

  /** Takes the key, and overwrites it. */
  BlockCipher(byte[] key) {
    this.aes = cipher(key);
  }

  @AllowForbidden("Single blocks of AES as a pseudo-random function; nothing is encrypted here.")
  private static Cipher cipher(byte[] key) {
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new CryptoDefectException("AES-256 of the JDK refused a key of 32 bytes.", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** Encrypts whole blocks to the start of another array. */
  void encrypt(byte[] from, int offset, int length, byte[] to) {
    try {
      int done = aes.update(from, offset, length, to, 0);
      assert done == length;
    } catch (ShortBufferException e) {
      throw new CryptoDefectException("AES of the JDK gave more than it got.", e);
    }
  }
}
