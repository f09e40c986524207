package org.hikae.backup.move.store;

import org.hikae.backup.ciphertext.store.CiphertextListing;
import org.hikae.backup.ciphertext.store.CiphertextStore;

/**
 * One of the stores that a portal uses.
 *
 * @param name by which settings, orders and messages call it, such as {@code S3}
 * @param store its objects
 * @param listing the rows of the same objects
 */
public record NamedStore(String name, CiphertextStore store, CiphertextListing listing) {

  /** A store that is both. */
  public static <T extends CiphertextStore & CiphertextListing> NamedStore of(
      String name, T store) {
    return new NamedStore(name, store, store);
  }
}
