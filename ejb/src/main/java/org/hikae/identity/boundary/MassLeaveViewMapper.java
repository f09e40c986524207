package org.hikae.identity.boundary;

import org.hikae.identity.entity.MassLeave;

/** Shows findings of too many leavers. */
final class MassLeaveViewMapper {

  private MassLeaveViewMapper() {}

  static MassLeaveView of(MassLeave finding) {
    return new MassLeaveView(
        finding.findingId(),
        finding.state().name(),
        finding.foundAt(),
        finding.leavers(),
        finding.enabled(),
        finding.decidedAt());
  }
}
