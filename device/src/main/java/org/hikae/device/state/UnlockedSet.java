package org.hikae.device.state;

import org.jspecify.annotations.Nullable;

/**
 * The backup set whose K this device holds.
 *
 * @param setId the set, hexadecimal
 * @param generation generation of K
 * @param key K, base64url; a secret
 * @param next the K of a rotation that has begun; absent otherwise
 * @param formats the form in which this device was told to write from now on; absent when it was
 *     not told
 */
public record UnlockedSet(
    String setId, long generation, String key, @Nullable NextKey next, @Nullable Integer formats) {

  /** A set of which no rotation has begun. */
  public static UnlockedSet of(String setId, long generation, String key) {
    return new UnlockedSet(setId, generation, key, null, null);
  }

  /** The same with what is known of a rotation. */
  public UnlockedSet withNext(NextKey prepared) {
    return new UnlockedSet(setId, generation, key, prepared, formats);
  }

  /** The same when this device writes this form, or a later one that it was told before. */
  public UnlockedSet writing(int version) {
    int later = formats == null ? version : Math.max(version, formats);
    return new UnlockedSet(setId, generation, key, next, later);
  }

  @Override
  public String toString() {
    return "UnlockedSet(REDACTED)";
  }
}
