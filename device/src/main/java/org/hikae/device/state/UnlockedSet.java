package org.hikae.device.state;

/**
 * The backup set whose K this device holds.
 *
 * @param setId the set, hexadecimal
 * @param generation generation of K
 * @param key K, base64url; a secret
 */
public record UnlockedSet(String setId, long generation, String key) {
  @Override
  public String toString() {
    return "UnlockedSet(REDACTED)";
  }
}
