package org.hikae.device.search;

import org.hikae.device.browse.ListedEntry;

/**
 * What a name was in some snapshots that follow each other in an index.
 *
 * @param first number of the first of them in the index
 * @param last number of the last
 * @param type what it was
 * @param size bytes of a file
 * @param modifiedSeconds time of the last change, seconds since 1970
 */
public record IndexedVersion(
    int first, int last, ListedEntry.Type type, long size, long modifiedSeconds) {

  /** Whether it is the same as in {@code other}. */
  boolean isLike(IndexedVersion other) {
    return type == other.type && size == other.size && modifiedSeconds == other.modifiedSeconds;
  }

  /** The same in other snapshots. */
  IndexedVersion in(int from, int to) {
    return new IndexedVersion(from, to, type, size, modifiedSeconds);
  }
}
