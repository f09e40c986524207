package org.hikae.identity.service;

import org.hikae.identity.entity.MassLeave;
import org.hikae.identity.view.MassLeaveView;

/** Shows findings of too many leavers. */
public final class MassLeaveViewMapper {

  private MassLeaveViewMapper() {}

  public static MassLeaveView of(MassLeave finding) {
    return new MassLeaveView(
        finding.findingId(),
        finding.state(),
        finding.foundAt(),
        finding.leavers(),
        finding.enabled(),
        finding.decidedAt());
  }
}
