package org.hikae.hk1;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 value: the name of an object, the hash of a list or of a stub. Public data; equality is
 * by value, and the text form is 64 lowercase hexadecimal digits.
 */
public final class Hash256 implements Comparable<Hash256> {

  /** The hash that stands before the first element of a chain: 32 zero bytes. */
  public static final Hash256 ZERO = new Hash256(new byte[Hk1Constants.HASH_BYTES]);

  private final byte[] bytes;

  private Hash256(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Wraps a copy of exactly 32 bytes. */
  public static Hash256 of(byte[] bytes) {
    if (bytes.length != Hk1Constants.HASH_BYTES) {
      throw new IllegalArgumentException("a hash must have 32 bytes, not " + bytes.length);
    }
    return new Hash256(bytes.clone());
  }

  /** Takes the next 32 bytes. */
  public static Hash256 read(ByteBuffer in) {
    byte[] bytes = new byte[Hk1Constants.HASH_BYTES];
    in.get(bytes);
    return new Hash256(bytes);
  }

  /** Appends the 32 bytes. */
  public void write(ByteBuffer out) {
    out.put(bytes);
  }

  /** SHA-256 of {@code data}. */
  public static Hash256 sha256(byte[] data) {
    return new Hash256(newDigest().digest(data));
  }

  /** SHA-256 of a part of {@code data}. */
  public static Hash256 sha256(byte[] data, int offset, int length) {
    MessageDigest digest = newDigest();
    digest.update(data, offset, length);
    return new Hash256(digest.digest());
  }

  /** Reads 64 lowercase hexadecimal digits and nothing else. */
  public static Hash256 parse(String hex) throws MalformedException {
    return new Hash256(TextCodec.parseHex("hash", hex, Hk1Constants.HASH_BYTES));
  }

  /** A fresh SHA-256, for callers that hash a stream. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A copy of the 32 bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** The 64 lowercase hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public int compareTo(Hash256 other) {
    return java.util.Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash256 that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return java.util.Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
