package org.hikae.device.cli.window;

import java.time.Instant;
import java.util.List;
import org.hikae.device.browse.ListedEntry;

/**
 * What is in a folder of a snapshot.
 *
 * @param path of the folder, for people
 * @param rawPath the bytes of it, base64url
 * @param entries in the order of the snapshot
 * @param more whether there are more than are shown
 */
record FolderView(String path, String rawPath, List<FolderEntryView> entries, boolean more) {

  /**
   * One entry.
   *
   * @param name for people
   * @param rawPath the bytes of its whole path, base64url
   * @param size bytes of a file
   * @param modified when it was changed last
   */
  record FolderEntryView(
      String name, String rawPath, ListedEntry.Type type, long size, Instant modified) {}
}
