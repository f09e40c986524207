package org.hikae.backup.second.store;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.backup.ciphertext.store.ObjectKey;

/**
 * Objects of which somebody got wrong bytes, or none, from the first store: they are read from the
 * second until they were looked at. A portal's own; what it forgets is found again.
 */
public final class SuspectCache {

  /** More than that at once are the store's trouble and not an object's. */
  static final int MOST = 1000;

  private final Set<ObjectKey> suspects = ConcurrentHashMap.newKeySet();

  /** Somebody got wrong bytes of an object. */
  public void add(ObjectKey key) {
    if (suspects.size() < MOST) {
      suspects.add(key);
    }
  }

  /** Whether an object is to be read from the second store. */
  public boolean contains(ObjectKey key) {
    return suspects.contains(key);
  }

  /** Those that are to be looked at. */
  public List<ObjectKey> all() {
    return List.copyOf(suspects);
  }

  /** An object was looked at. */
  public void remove(ObjectKey key) {
    suspects.remove(key);
  }
}
