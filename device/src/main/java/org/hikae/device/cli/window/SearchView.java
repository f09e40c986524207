package org.hikae.device.cli.window;

import java.time.Instant;
import java.util.List;
import org.hikae.device.browse.ListedEntry;

/**
 * What a search for a part of a name, or for a path, has found.
 *
 * @param hits those that are shown, by device and path
 * @param total how many there are
 * @param searched how many snapshots were looked through; asking again looks through more
 * @param snapshots how many there are
 * @param notes what could not be looked through
 */
record SearchView(
    List<SearchHitView> hits, int total, int searched, int snapshots, List<String> notes) {

  /**
   * One file or folder.
   *
   * @param path for people
   * @param rawPath the bytes of it, base64url
   * @param device whose it is
   * @param deleted whether the newest snapshot of that device does not have it any more
   * @param versions where it differs, newest first; of a folder only the newest
   */
  record SearchHitView(
      String path,
      String rawPath,
      ListedEntry.Type type,
      String device,
      boolean deleted,
      List<SearchVersionView> versions) {}

  /**
   * As it was in some snapshots.
   *
   * @param snapshotId the newest one of these
   * @param madeAt when that was made
   */
  record SearchVersionView(String snapshotId, Instant madeAt, long size, Instant modified) {}
}
