package org.hikae.device.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.kdf.Hkdf;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.WrapHeader;
import org.hikae.hk1.WrapMethod;

/**
 * K under another secret (spec HK1-K-03 to HK1-K-05).
 *
 * <p>Guarantees: without the secret a wrap tells nothing of K; a wrap in which any bit was changed
 * does not open; and a wrap opens under one secret only, because a commitment to the key stands
 * before the sealed K and is compared, in constant time, before anything is decrypted.
 */
public final class WrapSealer {

  private static final byte[] PURPOSE = "HK1 wrap".getBytes(StandardCharsets.US_ASCII);

  private WrapSealer() {}

  /**
   * Wraps K; every call draws a new salt and a new identifier.
   *
   * @param params of the method: credId for the password, nothing for the 64-digit key
   * @param secret the export key, or {@link DigitKey#secret}
   */
  public static byte[] seal(
      BackupKey key, WrapMethod method, byte[] params, SecretBytes secret, SecureRandom random) {
    byte[] wrapId = new byte[Hk1Constants.ID_BYTES];
    byte[] salt = new byte[Hk1Constants.HASH_BYTES];
    random.nextBytes(wrapId);
    random.nextBytes(salt);
    return seal(
        key, new WrapHeader(method, key.setId(), key.generation(), wrapId, salt, params), secret);
  }

  static byte[] seal(BackupKey key, WrapHeader header, SecretBytes secret) {
    byte[] head = header.encode();
    byte[] okm = derive(header.salt(), head, secret);
    byte[] commitment =
        Arrays.copyOfRange(okm, Hk1Constants.HASH_BYTES, 2 * Hk1Constants.HASH_BYTES);
    byte[] aad = concat(head, commitment);
    byte[] sealKey = Arrays.copyOf(okm, Hk1Constants.HASH_BYTES);
    try (SecretBytes k = key.secret()) {
      byte[] plain = k.expose();
      byte[] sealed = AesGcm.seal(sealKey, new byte[AesGcm.NONCE_BYTES], aad, plain);
      Arrays.fill(plain, (byte) 0);
      return concat(aad, sealed);
    } finally {
      Arrays.fill(okm, (byte) 0);
      Arrays.fill(sealKey, (byte) 0);
    }
  }

  /**
   * Opens a wrap.
   *
   * @throws MalformedException when the bytes are no wrap that this version knows
   * @throws CryptoException when the secret is another one, or a bit was changed: one sentence for
   *     all causes
   */
  public static BackupKey open(byte[] wrap, SecretBytes secret)
      throws MalformedException, CryptoException {
    WrapHeader header = WrapHeader.parse(wrap);
    int headLength = wrap.length - WrapHeader.BODY_BYTES;
    byte[] head = Arrays.copyOf(wrap, headLength);
    byte[] aad = Arrays.copyOf(wrap, headLength + Hk1Constants.HASH_BYTES);
    byte[] okm = derive(header.salt(), head, secret);
    byte[] sealKey = Arrays.copyOf(okm, Hk1Constants.HASH_BYTES);
    try {
      byte[] expected =
          Arrays.copyOfRange(okm, Hk1Constants.HASH_BYTES, 2 * Hk1Constants.HASH_BYTES);
      byte[] given = Arrays.copyOfRange(wrap, headLength, headLength + Hk1Constants.HASH_BYTES);
      if (!MessageDigest.isEqual(expected, given)) {
        throw refused();
      }
      byte[] sealed = Arrays.copyOfRange(wrap, aad.length, wrap.length);
      try (SecretBytes k = SecretBytes.take(openSealed(sealKey, aad, sealed))) {
        return BackupKey.of(header.setId(), header.generation(), k);
      }
    } finally {
      Arrays.fill(okm, (byte) 0);
      Arrays.fill(sealKey, (byte) 0);
    }
  }

  /** Only here it is known that the secret was right: the refusal must not tell. */
  private static byte[] openSealed(byte[] sealKey, byte[] aad, byte[] sealed)
      throws CryptoException {
    try {
      return AesGcm.open(sealKey, new byte[AesGcm.NONCE_BYTES], aad, sealed);
    } catch (CryptoException e) {
      throw refused();
    }
  }

  private static CryptoException refused() {
    return new CryptoException("This secret does not open the wrap, or the wrap was altered.");
  }

  private static byte[] derive(byte[] salt, byte[] head, SecretBytes secret) {
    byte[] info = concat(PURPOSE, Hash256.sha256(head).toBytes());
    try (SecretBytes okm = Hkdf.derive(salt, secret, info, 2 * Hk1Constants.HASH_BYTES)) {
      return okm.expose();
    }
  }

  private static byte[] concat(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
