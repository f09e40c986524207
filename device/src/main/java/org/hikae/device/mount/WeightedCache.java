package org.hikae.device.mount;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was used last, up to a total weight; the newest one stays, whatever it weighs. Safe for
 * several threads.
 */
final class WeightedCache<K, V> {

  private final long most;
  private final ToLongFunction<V> weight;
  private final Map<K, V> held = new LinkedHashMap<>(16, 0.75f, true);
  private long total;

  /** Holds up to {@code most} of what {@code weight} says. */
  WeightedCache(long most, ToLongFunction<V> weight) {
    this.most = most;
    this.weight = weight;
  }

  synchronized @Nullable V get(K key) {
    return held.get(key);
  }

  synchronized void put(K key, V value) {
    remove(key);
    held.put(key, value);
    total += weight.applyAsLong(value);
    var eldest = held.entrySet().iterator();
    while (total > most && held.size() > 1) {
      total -= weight.applyAsLong(eldest.next().getValue());
      eldest.remove();
    }
  }

  synchronized void remove(K key) {
    V before = held.remove(key);
    if (before != null) {
      total -= weight.applyAsLong(before);
    }
  }

  synchronized long total() {
    return total;
  }
}
