package org.hikae.device.snapshot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hikae.hk1.Hash256;

/**
 * Sealed objects that came from the store a moment ago, in memory: those that came last, up to
 * {@link #MAX_BYTES}. Safe for several threads.
 */
public final class RecentObjectCache implements SealedObjectCache {

  /** Most bytes of all of them. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private final Map<Hash256, byte[]> objects = new LinkedHashMap<>();
  private int bytes;

  @Override
  public synchronized Optional<byte[]> get(Hash256 name) {
    return Optional.ofNullable(objects.get(name));
  }

  @Override
  public synchronized void evicted(Hash256 name, byte[] object) {
    if (object.length > MAX_BYTES || objects.putIfAbsent(name, object) != null) {
      return;
    }
    bytes += object.length;
    var oldest = objects.values().iterator();
    while (bytes > MAX_BYTES) {
      bytes -= oldest.next().length;
      oldest.remove();
    }
  }
}
