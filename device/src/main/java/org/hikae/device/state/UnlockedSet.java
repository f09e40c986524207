package org.hikae.device.state;

import org.jspecify.annotations.Nullable;

/**
 * The backup set whose K this device holds.
 *
 * @param setId the set, hexadecimal
 * @param generation generation of K
 * @param key K, base64url; a secret
 * @param next the K of a rotation that has begun; absent otherwise
 */
public record UnlockedSet(String setId, long generation, String key, @Nullable NextKey next) {

  /** A set of which no rotation has begun. */
  public static UnlockedSet of(String setId, long generation, String key) {
    return new UnlockedSet(setId, generation, key, null);
  }

  /** The same with what is known of a rotation. */
  public UnlockedSet withNext(NextKey prepared) {
    return new UnlockedSet(setId, generation, key, prepared);
  }

  @Override
  public String toString() {
    return "UnlockedSet(REDACTED)";
  }
}
