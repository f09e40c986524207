package org.hikae.device.possession;

import java.time.Instant;
import org.hikae.device.store.PackRange;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.jspecify.annotations.Nullable;

/**
 * One part of a pack, and what it hashes to (spec HK1-Q-01). The portal hears of it when it is
 * asked, and not before.
 *
 * @param pack name of the pack in hexadecimal
 * @param bucket number of the part, each of {@link PackRange#BUCKET_BYTES}, from 0
 * @param hash SHA-256 of the part in hexadecimal
 * @param priority by chance, from 0: low ones stay in the sample
 * @param listed whether this device's newest snapshot names the pack
 * @param askedAt when it was last asked
 * @param withheld on how many days in a row the portal did not hand the part out
 */
public record PackChallenge(
    String pack,
    int bucket,
    String hash,
    long priority,
    boolean listed,
    @Nullable Instant askedAt,
    int withheld) {

  /** One that was just drawn. */
  static PackChallenge drawn(String pack, int bucket, Hash256 hash, long priority) {
    return new PackChallenge(pack, bucket, hash.hex(), priority, false, null, 0);
  }

  /** The portal must have it from now on. */
  PackChallenge asListed() {
    return new PackChallenge(pack, bucket, hash, priority, true, askedAt, withheld);
  }

  /** It was asked, and the answer is known, or was withheld on so many days. */
  PackChallenge asked(Instant now, int days) {
    return new PackChallenge(pack, bucket, hash, priority, listed, now, days);
  }

  /** Whether it is of the same part. */
  boolean isSame(PackChallenge other) {
    return bucket == other.bucket && pack.equals(other.pack) && hash.equals(other.hash);
  }

  /** The pack's name; of what was read from a file {@link #isUsable()} has said that it is one. */
  Hash256 name() {
    try {
      return Hash256.parse(pack);
    } catch (MalformedException e) {
      throw new IllegalStateException("a challenge without a pack", e);
    }
  }

  /** Whether it is one that this code can have written. */
  @SuppressWarnings("ConstantValue") // a file may lack a text
  boolean isUsable() {
    try {
      return pack != null
          && hash != null
          && Hash256.parse(pack).hex().equals(pack)
          && Hash256.parse(hash).hex().equals(hash)
          && bucket >= 0
          && bucket <= Hk1Constants.MAX_OBJECT_BYTES / PackRange.BUCKET_BYTES
          && priority >= 0
          && withheld >= 0;
    } catch (MalformedException e) {
      return false;
    }
  }
}
