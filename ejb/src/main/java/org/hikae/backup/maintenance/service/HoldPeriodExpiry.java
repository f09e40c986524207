package org.hikae.backup.maintenance.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.entity.SnapshotRelease;
import org.hikae.backup.store.SnapshotStore;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.policy.service.Policies;

/**
 * Removes snapshots whose hold period is over: the list goes, the stub and the release stay. A hold
 * period that became longer meanwhile counts.
 */
@ApplicationScoped
public class HoldPeriodExpiry {

  @Inject private SnapshotStore snapshots;
  @Inject private Policies policies;

  /**
   * Removes what is due in one repository; the caller holds the set and settles afterwards.
   *
   * @param kept the clock of nightly maintenance
   * @param wall the server's clock, for the record
   * @return how many were removed
   */
  public int apply(long employeeId, long repositoryId, Instant kept, Instant wall) {
    List<DueRelease> due = due(employeeId, repositoryId, kept);
    for (DueRelease one : due) {
      snapshots.removeList(one.snapshot());
      one.release().remove(wall);
    }
    return due.size();
  }

  /**
   * Sets aside what is due, under a legal hold that the employee must not know of: it is kept, and
   * to the employee it is gone.
   */
  public void setAside(long employeeId, long repositoryId, Instant kept, Instant wall) {
    due(employeeId, repositoryId, kept).forEach(one -> one.release().setAside(wall));
  }

  private record DueRelease(Snapshot snapshot, SnapshotRelease release) {}

  private List<DueRelease> due(long employeeId, long repositoryId, Instant kept) {
    List<DueRelease> due = new ArrayList<>();
    Duration holdPeriod = policies.holdPeriod(employeeId);
    Map<Long, SnapshotRelease> releases = snapshots.openReleases(repositoryId);
    for (Snapshot snapshot : snapshots.standing(repositoryId)) {
      SnapshotRelease release = releases.get(snapshot.row());
      if (release == null || release.state() != ReleaseState.HELD) {
        continue;
      }
      release.extend(holdPeriod);
      if (release.over(kept) || release.isAside()) {
        due.add(new DueRelease(snapshot, release));
      }
    }
    return due;
  }
}
