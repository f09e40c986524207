package org.hikae.backup.bucket.store;

import java.util.Optional;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;

/**
 * Where objects lie below a bucket's prefix: {@code objects/REPOSITORY/NAME}, and in their second
 * slot {@code objects/REPOSITORY/NAME.1}. A key says whose an object is and what its bytes must be.
 */
final class S3Layout {

  /** What is written and removed to see whether that can be done. */
  static final String PROBE = "hikae-probe";

  private static final String OBJECTS = "objects/";
  private static final String SECOND_SLOT = ".1";

  private S3Layout() {}

  /** What all keys of a repository begin with. */
  static String repository(long repositoryId) {
    return OBJECTS + repositoryId + "/";
  }

  /** Where an object lies in a slot. */
  static String path(ObjectKey key, int slot) {
    return repository(key.repositoryId()) + key.name().hex() + (slot == 0 ? "" : SECOND_SLOT);
  }

  /** What a path of a repository says; empty when no store has made it. */
  static Optional<NamedSlot> parse(long repositoryId, String path) {
    String repository = repository(repositoryId);
    if (!path.startsWith(repository)) {
      return Optional.empty();
    }
    int slot = path.endsWith(SECOND_SLOT) ? 1 : 0;
    int end = path.length() - slot * SECOND_SLOT.length();
    try {
      Hash256 name = Hash256.parse(path.substring(repository.length(), end));
      NamedSlot named = new NamedSlot(new ObjectKey(repositoryId, name), slot);
      return path(named.key(), slot).equals(path) ? Optional.of(named) : Optional.empty();
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /** One of the two places of an object. */
  record NamedSlot(ObjectKey key, int slot) {}
}
