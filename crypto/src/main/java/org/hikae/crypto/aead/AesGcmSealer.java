package org.hikae.crypto.aead;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals many messages under one key and the same additional data, each under a nonce of its own,
 * straight into the caller's buffer. What it seals is byte for byte what {@link AesGcm#seal} gives
 * and has the same guarantees; {@link AesGcm#open} opens it. One instance serves one thread.
 */
public final class AesGcmSealer {

  private final SecretKeySpec key;
  private final byte[] aad;
  private final Cipher cipher;

  /**
   * Seals under a copy of {@code key}.
   *
   * @param key 32 bytes
   * @param aad additional data of every message, copied
   */
  public AesGcmSealer(byte[] key, byte[] aad) {
    if (key.length != AesGcm.KEY_BYTES) {
      throw new IllegalArgumentException("key must have 32 bytes, not " + key.length);
    }
    this.key = new SecretKeySpec(key, "AES");
    this.aad = aad.clone();
    try {
      this.cipher = AesGcm.newCipher();
    } catch (GeneralSecurityException e) {
      throw AesGcm.defect(e);
    }
  }

  /**
   * Seals one message; the result is 16 bytes longer.
   *
   * @param nonce 12 bytes that this key never sees again: the caller's duty
   * @param plaintext another array than {@code sealed}
   * @param offset where the message begins in {@code plaintext}
   * @param length of the message, in bytes
   * @param sealed where the result goes, with room for it
   * @param at where in {@code sealed} it begins
   * @return length of the result, in bytes
   */
  public int seal(byte[] nonce, byte[] plaintext, int offset, int length, byte[] sealed, int at) {
    if (nonce.length != AesGcm.NONCE_BYTES) {
      throw new IllegalArgumentException("nonce must have 12 bytes, not " + nonce.length);
    }
    if (at > sealed.length - AesGcm.TAG_BYTES - length) {
      throw new IllegalArgumentException("there is no room for what is sealed");
    }
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * AesGcm.TAG_BYTES, nonce));
      cipher.updateAAD(aad);
      return AesGcm.sealSlices(cipher, plaintext, offset, length, sealed, at);
    } catch (GeneralSecurityException e) {
      throw AesGcm.defect(e);
    }
  }
}
