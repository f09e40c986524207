package org.hikae.device.sealing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.aead.AesGcmOpener;
import org.hikae.crypto.aead.AesGcmSealer;
import org.hikae.crypto.kdf.Hkdf;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.Transcript;
import org.jspecify.annotations.Nullable;

/**
 * The 72 bytes with which packs and roots begin: magic, suite, flags, salt, commitment; and the key
 * that follows from them (spec HK1-C-03, HK1-S-06). A reader gets here only when the commitment
 * fits, so nothing is ever decrypted under a second key.
 */
final class SealHeader {

  /** Length of header and commitment. */
  static final int BYTES = 72;

  private static final int MAGIC_BYTES = 4;
  private static final int HEADER_BYTES = 40;

  private final byte[] aad;
  private final byte[] key;
  private @Nullable AesGcmSealer sealer;

  private SealHeader(byte[] aad, byte[] key) {
    this.aad = aad;
    this.key = key;
  }

  /**
   * Starts a new sealed object with a salt of its own (spec HK1-C-06).
   *
   * @param content decides about every byte that will be sealed: no other content gets this salt,
   *     even from a source of random bytes that gives the same ones twice
   */
  static SealHeader create(
      String magic,
      String purpose,
      SecretBytes subkey,
      byte[] context,
      byte[] content,
      SecureRandom random) {
    byte[] salt = salt(magic, subkey, context, content, random);
    byte[] header =
        ByteBuffer.allocate(HEADER_BYTES)
            .put(magic.getBytes(StandardCharsets.US_ASCII))
            .putShort((short) Hk1Constants.SUITE)
            .putShort((short) 0)
            .put(salt)
            .array();
    byte[] okm = derive(purpose, subkey, header, context);
    byte[] aad = Arrays.copyOf(header, BYTES);
    System.arraycopy(okm, Hk1Constants.HASH_BYTES, aad, HEADER_BYTES, Hk1Constants.HASH_BYTES);
    return new SealHeader(aad, Arrays.copyOf(okm, Hk1Constants.HASH_BYTES));
  }

  /**
   * Random bytes alone do not do: a virtual machine that is resumed twice from one image may draw
   * the same ones twice, and key and nonces follow from the salt.
   */
  private static byte[] salt(
      String magic, SecretBytes subkey, byte[] context, byte[] content, SecureRandom random) {
    byte[] drawn = new byte[Hk1Constants.HASH_BYTES];
    random.nextBytes(drawn);
    byte[] key = subkey.expose();
    try {
      return HmacSha256.mac(
          key, Transcript.of("salt").add(magic).add(context).add(drawn).add(content).toBytes());
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** Whether an object of this kind has a suite or flags that this agent does not know. */
  static boolean isLater(String magic, byte[] object) {
    return object.length >= BYTES && hasMagic(magic, object) && !isKnown(object);
  }

  private static boolean hasMagic(String magic, byte[] object) {
    return new String(object, 0, MAGIC_BYTES, StandardCharsets.ISO_8859_1).equals(magic);
  }

  private static boolean isKnown(byte[] object) {
    ByteBuffer in = ByteBuffer.wrap(object, MAGIC_BYTES, 4);
    return (in.getShort() & 0xffff) == Hk1Constants.SUITE && in.getShort() == 0;
  }

  /** Reads the first 72 bytes of a sealed object and compares the commitment. */
  static SealHeader read(
      String magic, String purpose, SecretBytes subkey, byte[] context, byte[] object)
      throws DamagedDataException {
    if (object.length < BYTES) {
      throw new DamagedDataException("A sealed object is cut short.");
    }
    if (!hasMagic(magic, object)) {
      throw new DamagedDataException("These bytes are not a sealed object of this kind.");
    }
    if (!isKnown(object)) {
      throw new DamagedDataException("The suite or flags of a sealed object are unknown.");
    }
    byte[] okm = derive(purpose, subkey, Arrays.copyOf(object, HEADER_BYTES), context);
    byte[] expected = Arrays.copyOfRange(okm, Hk1Constants.HASH_BYTES, 2 * Hk1Constants.HASH_BYTES);
    if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(object, HEADER_BYTES, BYTES))) {
      throw new DamagedDataException("A sealed object belongs elsewhere or was altered.");
    }
    return new SealHeader(
        Arrays.copyOf(object, BYTES), Arrays.copyOf(okm, Hk1Constants.HASH_BYTES));
  }

  private static byte[] derive(String purpose, SecretBytes subkey, byte[] header, byte[] context) {
    byte[] place =
        ByteBuffer.allocate(header.length + context.length).put(header).put(context).array();
    byte[] hash = Hash256.sha256(place).toBytes();
    byte[] label = purpose.getBytes(StandardCharsets.US_ASCII);
    byte[] info = ByteBuffer.allocate(label.length + hash.length).put(label).put(hash).array();
    byte[] salt = Arrays.copyOfRange(header, HEADER_BYTES - Hk1Constants.HASH_BYTES, HEADER_BYTES);
    try (SecretBytes okm = Hkdf.derive(salt, subkey, info, 2 * Hk1Constants.HASH_BYTES)) {
      return okm.expose();
    }
  }

  /** A copy of the 72 bytes. */
  byte[] bytes() {
    return aad.clone();
  }

  /** Seals part number {@code number} of the object; each number once. */
  byte[] seal(long number, byte[] plain) {
    return AesGcm.seal(key, nonce(number), aad, plain);
  }

  /**
   * Seals part number {@code number} of the object into a buffer; each number once. For objects of
   * many parts: what the cipher needs is set up once.
   *
   * @return length of the sealed part
   */
  int seal(long number, ChunkFrameBytes plain, byte[] sealed, int at) {
    AesGcmSealer ready = sealer;
    if (ready == null) {
      ready = new AesGcmSealer(key, aad);
      sealer = ready;
    }
    return ready.seal(nonce(number), plain.array(), plain.offset(), plain.length(), sealed, at);
  }

  /** Opens part number {@code number}. */
  byte[] open(long number, byte[] sealed) throws DamagedDataException {
    try {
      return AesGcm.open(key, nonce(number), aad, sealed);
    } catch (CryptoException e) {
      throw new DamagedDataException("A sealed object was altered.");
    }
  }

  /**
   * The same for a part of an array, into one that is used again and again.
   *
   * @param opener the caller's own
   * @param into at least {@code length - 16} bytes, filled from its start
   * @return how many bytes were filled
   */
  int open(AesGcmOpener opener, long number, byte[] sealed, int offset, int length, byte[] into)
      throws DamagedDataException {
    try {
      return opener.open(key, nonce(number), aad, sealed, offset, length, into);
    } catch (CryptoException e) {
      throw new DamagedDataException("A sealed object was altered.");
    }
  }

  private static byte[] nonce(long number) {
    return ByteBuffer.allocate(AesGcm.NONCE_BYTES).putInt(0).putLong(number).array();
  }
}
