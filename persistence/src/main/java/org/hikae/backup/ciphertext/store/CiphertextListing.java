package org.hikae.backup.ciphertext.store;

import java.util.List;

/** A store that can say what lies in it, so that it can be brought over to another. */
public interface CiphertextListing {

  /** Some objects of a repository, in the order of their names. */
  List<ObjectKey> first(long repositoryId, int most);
}
