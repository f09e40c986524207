package org.hikae.backup.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.hikae.backup.entity.SnapshotFate;
import org.hikae.backup.value.FateState;
import org.hikae.enrollment.service.ShownLegalHold;

/**
 * Which snapshots are gone for their employee and that employee's devices: those that were removed,
 * and those that only a legal hold keeps of which they must not know.
 */
@ApplicationScoped
public class SnapshotReach {

  @Inject private ShownLegalHold shown;

  /** Whether a snapshot with this fate is gone for them. */
  public boolean isGone(long employeeId, SnapshotFate fate) {
    return fate.state() == FateState.REMOVED
        || (fate.isAside() && shown.since(employeeId).isEmpty());
  }
}
