package org.hikae.device.verify;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.device.snapshot.SealedObjectCache;
import org.hikae.hk1.Hash256;

/**
 * Packs of manifests that were found sound, so that reading the manifests does not fetch them
 * again. Those beyond {@link #MAX_BYTES} are fetched again.
 */
final class VerifiedPackCache implements SealedObjectCache {

  static final long MAX_BYTES = 32L * 1024 * 1024;

  private final Map<Hash256, byte[]> packs = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();

  /** Holds a pack if there is room. */
  void offer(Hash256 name, byte[] object) {
    if (bytes.addAndGet(object.length) <= MAX_BYTES) {
      packs.put(name, object);
    } else {
      bytes.addAndGet(-object.length);
    }
  }

  @Override
  public Optional<byte[]> get(Hash256 name) {
    return Optional.ofNullable(packs.get(name));
  }
}
