package org.hikae.vault.account;

import java.security.MessageDigest;
import java.util.Arrays;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.TextCodec;

/** A 16-byte identifier, equal by value: a set, a device, a login, an idempotency key. */
public final class Id128 {

  /** Sixteen zero bytes: none. */
  public static final Id128 NONE = new Id128(new byte[Hk1Constants.ID_BYTES]);

  private final byte[] bytes;

  private Id128(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Wraps a copy of exactly 16 bytes. */
  public static Id128 of(byte[] bytes) {
    if (bytes.length != Hk1Constants.ID_BYTES) {
      throw new IllegalArgumentException("an identifier has 16 bytes, not " + bytes.length);
    }
    return new Id128(bytes.clone());
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Id128 that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return TextCodec.hex(bytes);
  }
}
