package org.hikae.approval.boundary;

import java.time.Instant;
import org.hikae.approval.entity.ApprovalRequest;

/** Shows requests as administrators see them. */
final class ApprovalViewMapper {

  private ApprovalViewMapper() {}

  static ApprovalView of(ApprovalRequest request, Instant now) {
    return new ApprovalView(
        request.requestId(),
        request.kind(),
        request.change(),
        request.changeHash(),
        request.subjectEmployeeId(),
        request.requestedBySubject(),
        request.requestedAt(),
        request.expiresAt(),
        request.stateAt(now).name(),
        request.decidedBySubject(),
        request.decidedAt());
  }
}
