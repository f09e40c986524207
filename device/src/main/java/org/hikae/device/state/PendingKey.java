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
 * @param used true once its protections are known to be in use or the portal was asked to make it
 *     the key of the set, so that nothing may be sealed under the earlier K any more; else null
 * @param shown true once a 64-digit key of it may be in a person's hands; else null
 * @param before the vault's record that the password opened when the rotation began, none if there
 *     was none; null when that is not known
 */
public record PendingKey(
    long generation,
    String key,
    boolean handedOver,
    @Nullable String digits,
    @Nullable String credId,
    @Nullable Boolean used,
    @Nullable Boolean shown,
    @Nullable String before) {

  /** A new one. */
  public static PendingKey begun(long generation, String key) {
    return new PendingKey(generation, key, false, null, null, null, null, null);
  }

  /** The same when this record, or none, is what the password opens. */
  public PendingKey instead(String record) {
    return new PendingKey(generation, key, handedOver, digits, credId, used, shown, record);
  }

  /** The same after the owner key was handed over. */
  public PendingKey handed() {
    return new PendingKey(generation, key, true, digits, credId, used, shown, before);
  }

  /** The same when its 64-digit key is about to be shown. */
  public PendingKey showing() {
    return new PendingKey(generation, key, handedOver, digits, credId, used, true, before);
  }

  /** The same with a proven 64-digit key. */
  public PendingKey withDigits(String wrapId) {
    return new PendingKey(generation, key, handedOver, wrapId, credId, used, true, before);
  }

  /** The same with a registered password. */
  public PendingKey withRecord(String record) {
    return new PendingKey(generation, key, handedOver, digits, record, used, shown, before);
  }

  /** The same when from now on only it may seal. */
  public PendingKey inUse() {
    return new PendingKey(generation, key, handedOver, digits, credId, true, shown, before);
  }

  /** Whether only it may seal. */
  public boolean onlySeals() {
    return Boolean.TRUE.equals(used);
  }

  /** Whether somebody may have a 64-digit key that opens it. */
  public boolean opensByDigits() {
    return Boolean.TRUE.equals(shown) || digits != null;
  }

  @Override
  public String toString() {
    return "PendingKey(REDACTED)";
  }
}
