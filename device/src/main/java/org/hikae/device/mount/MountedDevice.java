package org.hikae.device.mount;

import java.util.List;

/**
 * A device as a folder.
 *
 * @param folder its name
 * @param snapshots each with another name
 */
public record MountedDevice(String folder, List<MountedSnapshot> snapshots) {

  /** Copies the list. */
  public MountedDevice {
    snapshots = List.copyOf(snapshots);
  }
}
