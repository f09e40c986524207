package org.hikae.insight.boundary;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hikae.backup.entity.Snapshot;

/** The snapshots that list one rotten object, gathered the newest first. */
final class Touches {

  private final List<RottenObjectView.Touched> shown = new ArrayList<>();
  private final Set<String> devices = new LinkedHashSet<>();
  private boolean byNewest;
  private long count;

  void add(Snapshot snapshot, boolean newest) {
    count++;
    byNewest |= newest;
    devices.add(snapshot.deviceId());
    if (shown.size() < RottenObjectView.MAX_SNAPSHOTS) {
      shown.add(touched(snapshot, newest));
    }
  }

  private static RottenObjectView.Touched touched(Snapshot snapshot, boolean newest) {
    return new RottenObjectView.Touched(
        snapshot.snapshotId(),
        snapshot.deviceId(),
        snapshot.sequence(),
        snapshot.committedAt().toString(),
        newest);
  }

  List<RottenObjectView.Touched> shown() {
    return shown;
  }

  /** Devices whose series list it. */
  Set<String> devices() {
    return devices;
  }

  /** Whether the newest snapshot of any series lists it. */
  boolean byNewest() {
    return byNewest;
  }

  long count() {
    return count;
  }
}
