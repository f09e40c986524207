package org.hikae.backup.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.hikae.backup.entity.SnapshotRelease;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.enrollment.service.LegalHoldDisclosure;

/**
 * Which snapshots are gone for their employee and that employee's devices: those that were removed,
 * and those that only a legal hold keeps of which they must not know.
 */
@ApplicationScoped
public class SnapshotVisibility {

  @Inject private LegalHoldDisclosure legalHoldDisclosure;

  /** Whether a snapshot with this release is gone for them. */
  public boolean isGone(long employeeId, SnapshotRelease release) {
    return release.state() == ReleaseState.REMOVED
        || (release.isAside() && legalHoldDisclosure.since(employeeId).isEmpty());
  }
}
