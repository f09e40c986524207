package org.hikae.backup.wire;

import java.util.List;

/**
 * Commits a snapshot ({@code POST /api/v1/device/snapshots}): one transaction that checks that
 * every listed object and the root are stored and that the snapshot continues the device's series.
 * The same commit again is success.
 *
 * @param setId the set
 * @param generation generation of K
 * @param sequence position in the series, last one plus 1
 * @param previous stub hash of the last snapshot, 64 zeros for the first
 * @param root name of the sealed root object
 * @param listHash {@link org.hikae.hk1.ObjectList#hash} of the whole list
 * @param added packs in the list that were not in the last snapshot of this series
 * @param removed packs of the last snapshot that this one does not need
 * @param files number of files, for the owner's overview
 * @param plainBytes sum of file sizes, for the owner's overview
 */
public record CommitSnapshot(
    String setId,
    long generation,
    long sequence,
    String previous,
    String root,
    String listHash,
    List<String> added,
    List<String> removed,
    long files,
    long plainBytes) {

  /** Most names in {@code added} and {@code removed} together. */
  public static final int MAX_NAMES = 200_000;
}
