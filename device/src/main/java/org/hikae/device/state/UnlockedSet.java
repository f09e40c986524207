package org.hikae.device.state;

import java.util.Set;
import java.util.TreeSet;
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
 * @param signers devices that are known to sign their snapshots of it
 */
public record UnlockedSet(
    String setId,
    long generation,
    String key,
    @Nullable PendingKey next,
    @Nullable Integer formats,
    Set<String> signers) {

  /** Copies the signers. */
  public UnlockedSet {
    // A file of an older agent may lack them.
    signers = signers == null ? Set.of() : Set.copyOf(signers);
  }

  /** A set of which no rotation has begun. */
  public static UnlockedSet of(String setId, long generation, String key) {
    return new UnlockedSet(setId, generation, key, null, null, Set.of());
  }

  /** The same with what is known of a rotation. */
  public UnlockedSet withNext(PendingKey prepared) {
    return new UnlockedSet(setId, generation, key, prepared, formats, signers);
  }

  /** The same when this device writes this form, or a later one that it was told before. */
  public UnlockedSet writing(int version) {
    int later = formats == null ? version : Math.max(version, formats);
    return new UnlockedSet(setId, generation, key, next, later, signers);
  }

  /** The same when these devices sign, too. */
  public UnlockedSet signedBy(Set<String> devices) {
    Set<String> all = new TreeSet<>(signers);
    all.addAll(devices);
    return new UnlockedSet(setId, generation, key, next, formats, all);
  }

  /** The same with what was known of this very set before and never goes back. */
  UnlockedSet after(@Nullable UnlockedSet before) {
    if (before == null || !before.setId().equals(setId)) {
      return this;
    }
    UnlockedSet signed = signedBy(before.signers());
    Integer told = before.formats();
    return told == null ? signed : signed.writing(told);
  }

  @Override
  public String toString() {
    return "UnlockedSet(REDACTED)";
  }
}
