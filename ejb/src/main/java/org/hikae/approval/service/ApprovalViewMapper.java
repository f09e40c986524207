package org.hikae.approval.service;

import java.time.Instant;
import org.hikae.approval.entity.ApprovalRequest;
import org.hikae.approval.view.ApprovalView;

/** Shows requests as administrators see them. */
public final class ApprovalViewMapper {

  private ApprovalViewMapper() {}

  public static ApprovalView of(ApprovalRequest request, Instant now) {
    return new ApprovalView(
        request.requestId(),
        request.kind(),
        request.change(),
        request.changeHash(),
        request.subjectEmployeeId(),
        request.requestedBySubject(),
        request.requestedAt(),
        request.expiresAt(),
        request.stateAt(now),
        request.decidedBySubject(),
        request.decidedAt());
  }
}
