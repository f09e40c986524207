package org.hikae.backup.ciphertext.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a store, so that what lies in it can be brought over to another. A row says that its
 * object is stored there, also when its bytes are lost.
 */
public interface CiphertextListing {

  /**
   * The objects after one, in the order of repository and name.
   *
   * @param last the object after which they come; null for the first ones
   * @param most how many at most
   */
  List<ObjectKey> after(@Nullable ObjectKey last, int most);

  /** Whether an object has a row. */
  boolean holds(ObjectKey key);

  /**
   * Whether an object has a row, which nobody else changes or deletes until the caller's
   * transaction ends. Waits for who has changed it.
   */
  boolean lock(ObjectKey key);

  /** How many objects have a row. */
  long count();
}
