package org.hikae.backup.value;

import org.hikae.hk1.Hash256;

/**
 * What is known of a stored object, without the row: a list of 200,000 of these is an ordinary
 * commit.
 *
 * @param id the number that object lists hold
 * @param repositoryId where it is stored
 * @param name SHA-256 of its bytes
 * @param sizeBytes its length
 */
public record ObjectRef(long id, long repositoryId, Hash256 name, long sizeBytes) {

  /** For constructor expressions in queries. */
  public ObjectRef(Long id, Long repositoryId, byte[] name, Long sizeBytes) {
    this((long) id, (long) repositoryId, Hash256.of(name), (long) sizeBytes);
  }
}
