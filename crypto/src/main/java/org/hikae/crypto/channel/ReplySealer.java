package org.hikae.crypto.channel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.kdf.Hkdf;
import org.hikae.hk1.Hash256;

/**
 * The reply's half of the channel, as in RFC 9458, section 4.4, with the label {@code "HK1 reply"}
 * and with SHA-256 of the sealed request in front of the plaintext. One object belongs to one
 * request.
 *
 * <pre>
 * secret = Export("HK1 reply", 32)           prk = HKDF-Extract(enc ‖ nonce, secret)
 * sealed = nonce(32) ‖ AES-256-GCM(HKDF-Expand(prk, "key", 32), HKDF-Expand(prk, "nonce", 12), "", hash(32) ‖ reply)
 * </pre>
 */
final class ReplySealer {

  static final int NONCE_BYTES = 32;
  private static final int HASH_BYTES = 32;
  private static final byte[] NO_AAD = new byte[0];
  private static final byte[] EXPORT_LABEL = ascii("HK1 reply");
  private static final byte[] KEY_LABEL = ascii("key");
  private static final byte[] NONCE_LABEL = ascii("nonce");

  private final byte[] secret;
  private final byte[] encapsulatedKey;
  private final Hash256 requestHash;

  ReplySealer(Hpke.Context context, byte[] encapsulatedKey, byte[] sealedRequest) {
    this.secret = context.export(EXPORT_LABEL, AesGcm.KEY_BYTES);
    this.encapsulatedKey = encapsulatedKey;
    this.requestHash = Hash256.sha256(sealedRequest);
  }

  byte[] seal(byte[] nonce, byte[] reply) {
    byte[] prk = prk(nonce);
    byte[] plaintext = concat(requestHash.toBytes(), reply);
    return concat(nonce, AesGcm.seal(key(prk), gcmNonce(prk), NO_AAD, plaintext));
  }

  byte[] open(byte[] sealedReply) throws CryptoException {
    if (sealedReply.length < NONCE_BYTES + HASH_BYTES + AesGcm.TAG_BYTES) {
      throw new CryptoException("The sealed reply is cut short.");
    }
    byte[] prk = prk(Arrays.copyOf(sealedReply, NONCE_BYTES));
    byte[] ciphertext = Arrays.copyOfRange(sealedReply, NONCE_BYTES, sealedReply.length);
    byte[] plaintext = AesGcm.open(key(prk), gcmNonce(prk), NO_AAD, ciphertext);
    if (!Hash256.of(Arrays.copyOf(plaintext, HASH_BYTES)).equals(requestHash)) {
      throw new CryptoException("The reply answers another request.");
    }
    return Arrays.copyOfRange(plaintext, HASH_BYTES, plaintext.length);
  }

  private byte[] prk(byte[] nonce) {
    return Hkdf.extract(concat(encapsulatedKey, nonce), secret);
  }

  private static byte[] key(byte[] prk) {
    return Hkdf.expand(prk, KEY_LABEL, AesGcm.KEY_BYTES);
  }

  private static byte[] gcmNonce(byte[] prk) {
    return Hkdf.expand(prk, NONCE_LABEL, AesGcm.NONCE_BYTES);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    return org.bouncycastle.util.Arrays.concatenate(first, second);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
