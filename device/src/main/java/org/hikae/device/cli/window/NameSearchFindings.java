package org.hikae.device.cli.window;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What could not be read for the indexes of names, so that it is not tried again with each request:
 * a search says it, and goes on with the rest. It counts as long as the catalog it belongs to.
 */
final class NameSearchFindings {

  private final Map<String, String> unreadable = new LinkedHashMap<>();
  private final Set<String> tooLarge = new HashSet<>();
  private boolean looked;

  /** Whether nobody has looked through all names ahead; from now on somebody has. */
  boolean beginsLooking() {
    boolean first = !looked;
    looked = true;
    return first;
  }

  /** The manifest of a snapshot could not be read. */
  void unreadable(String snapshotId, String why) {
    unreadable.put(snapshotId, why);
  }

  /** Why manifests could not be read, by snapshot. */
  Map<String, String> unreadable() {
    return unreadable;
  }

  /** The index of a device would be too large. */
  void tooLarge(String deviceId) {
    tooLarge.add(deviceId);
  }

  /** Devices whose index would be too large. */
  Set<String> tooLarge() {
    return tooLarge;
  }
}
