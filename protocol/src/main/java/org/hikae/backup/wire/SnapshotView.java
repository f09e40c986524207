package org.hikae.backup.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A committed snapshot.
 *
 * @param snapshotId 16 bytes, hexadecimal: the first 16 of the stub hash
 * @param setId the set
 * @param deviceId whose series
 * @param generation generation of K
 * @param sequence position in the series
 * @param previous stub hash of the one before
 * @param root name of the sealed root object
 * @param listHash hash of the object list
 * @param stubHash hash of this stub
 * @param committedAt the server's ISO-8601 instant
 * @param objects number of packs in the list
 * @param storedBytes bytes of the packs in the list and of the root
 * @param files number of files the device reported
 * @param plainBytes sum of file sizes the device reported
 * @param fate what became of it; absent for one that is simply kept
 */
public record SnapshotView(
    String snapshotId,
    String setId,
    String deviceId,
    long generation,
    long sequence,
    String previous,
    String root,
    String listHash,
    String stubHash,
    Instant committedAt,
    long objects,
    long storedBytes,
    long files,
    long plainBytes,
    @Nullable ReleaseStatus fate) {

  /** Whether only this description is left of it. */
  public boolean removed() {
    return fate != null && fate.state() == ReleaseState.REMOVED;
  }
}
