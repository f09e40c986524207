package org.hikae.vault.account;

import java.security.MessageDigest;
import java.util.Arrays;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.Ids;

/** A 16-byte identifier, equal by value: a set, a device, a login, an idempotency key. */
public final class Id {

  /** Sixteen zero bytes: none. */
  public static final Id NONE = new Id(new byte[Hk1.ID_BYTES]);

  private final byte[] bytes;

  private Id(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Wraps a copy of exactly 16 bytes. */
  public static Id of(byte[] bytes) {
    if (bytes.length != Hk1.ID_BYTES) {
      throw new IllegalArgumentException("an identifier has 16 bytes, not " + bytes.length);
    }
    return new Id(bytes.clone());
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Id that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return Ids.hex(bytes);
  }
}
