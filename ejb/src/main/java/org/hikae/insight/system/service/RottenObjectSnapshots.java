package org.hikae.insight.system.service;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hikae.backup.entity.Snapshot;
import org.hikae.insight.system.view.RottenObjectView;

/** The snapshots that list one rotten object, gathered the newest first. */
public final class RottenObjectSnapshots {

  private final List<RottenObjectView.Touched> shown = new ArrayList<>();
  private final Set<String> devices = new LinkedHashSet<>();
  private boolean byNewest;
  private long count;

  public void add(Snapshot snapshot, boolean newest) {
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
        snapshot.committedAt(),
        newest);
  }

  public List<RottenObjectView.Touched> shown() {
    return shown;
  }

  /** Devices whose series list it. */
  public Set<String> devices() {
    return devices;
  }

  /** Whether the newest snapshot of any series lists it. */
  public boolean byNewest() {
    return byNewest;
  }

  public long count() {
    return count;
  }
}
