package org.hikae.device.snapshot;

import java.util.Optional;
import org.hikae.hk1.Hash256;

/** Sealed objects that are at hand without asking the store. */
@FunctionalInterface
public interface SealedObjectCache {

  /** Nothing is at hand. */
  SealedObjectCache NONE = name -> Optional.empty();

  /** The object, if it is here and has this name; not changed by either side. */
  Optional<byte[]> get(Hash256 name);

  /** Takes an object that came from the store, has this name, and leaves memory; or does not. */
  default void evicted(Hash256 name, byte[] object) {
    // What only has things takes none.
  }

  /** The same and what {@code other} has; only this one takes objects. */
  default SealedObjectCache or(SealedObjectCache other) {
    SealedObjectCache first = this;
    return new SealedObjectCache() {
      @Override
      public Optional<byte[]> get(Hash256 name) {
        return first.get(name).or(() -> other.get(name));
      }

      @Override
      public void evicted(Hash256 name, byte[] object) {
        first.evicted(name, object);
      }
    };
  }
}
