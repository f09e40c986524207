package org.hikae.approval.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.hikae.approval.view.ApprovalView;
import org.hikae.approval.view.ApprovedChange;
import org.hikae.notice.service.RecipientWeakeningApproval;
import org.hikae.notice.service.SecondAdministrator;

/** What notices have a second administrator approve; they cannot ask by themselves. */
@ApplicationScoped
class RecipientApproval implements Approvable, SecondAdministrator {

  @Inject private ApprovalRequester approvals;
  @Inject private RecipientWeakeningApproval recipients;

  @Override
  public ApprovalView ask(String kind, String change) {
    return approvals.ask(kind, change, null);
  }

  @Override
  public String kind() {
    return RecipientWeakeningApproval.KIND;
  }

  @Override
  public void execute(ApprovedChange approved) {
    recipients.carryOut(approved.change(), approved.requestedBy().subject());
  }
}
