package org.hikae.device.search;

import java.util.List;
import org.hikae.device.files.RawPath;

/**
 * A path with all that it was.
 *
 * @param path where it was on its device
 * @param versions ascending by their snapshots, at least one
 */
public record IndexedName(RawPath path, List<IndexedVersion> versions) {

  /** Copies the list. */
  public IndexedName {
    versions = List.copyOf(versions);
  }
}
