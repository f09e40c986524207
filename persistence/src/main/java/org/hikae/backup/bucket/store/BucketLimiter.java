package org.hikae.backup.bucket.store;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.ciphertext.store.VolumeException;
import org.hikae.backup.ciphertext.store.VolumeFault;

/**
 * Bounds how many wait for a bucket while they hold a connection of the database, so that a slow
 * one leaves connections to all who need none of it.
 */
final class BucketLimiter {

  private final Semaphore places;
  private final Duration wait;

  /**
   * Opens a bucket to so many.
   *
   * @param most how many are within at once
   * @param wait how long others wait
   */
  BucketLimiter(int most, Duration wait) {
    this.places = new Semaphore(most, true);
    this.wait = wait;
  }

  /** Lets one in, who leaves by closing; fails as {@link VolumeFault#BUSY}. */
  CiphertextStore.WritePermit enter() {
    boolean entered = false;
    try {
      entered = places.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!entered) {
      throw new CiphertextStoreException(
          "The bucket could not be used.",
          new VolumeException(
              VolumeFault.BUSY, "All who may use the bucket at once wait for it.", null));
    }
    return places::release;
  }
}
