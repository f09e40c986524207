package org.hikae.device.state;

import org.jspecify.annotations.Nullable;

/**
 * The K that a rotation prepares. It is here before anything is sent, so that a rotation that is
 * cut short can always be ended.
 *
 * @param generation one above that of the K in use
 * @param key K, base64url; a secret
 * @param handedOver whether the vault is known to take orders of its owner key
 * @param digits the wrap under the new 64-digit key, once it is proven
 * @param credId the vault's record with it, once registered
 */
public record NextKey(
    long generation,
    String key,
    boolean handedOver,
    @Nullable String digits,
    @Nullable String credId) {

  /** A new one. */
  public static NextKey begun(long generation, String key) {
    return new NextKey(generation, key, false, null, null);
  }

  /** The same after the owner key was handed over. */
  public NextKey handed() {
    return new NextKey(generation, key, true, digits, credId);
  }

  /** The same with a proven 64-digit key. */
  public NextKey withDigits(String wrapId) {
    return new NextKey(generation, key, handedOver, wrapId, credId);
  }

  /** The same with a registered password. */
  public NextKey withRecord(String record) {
    return new NextKey(generation, key, handedOver, digits, record);
  }

  @Override
  public String toString() {
    return "NextKey(REDACTED)";
  }
}
