package org.hikae.approval.view;

import java.util.Set;

/**
 * A request for approval as a page shows it to one person.
 *
 * @param request the request
 * @param actions what this person may do with it now
 */
public record OfferedApproval(ApprovalView request, Set<ApprovalAction> actions) {

  /** Copies the set. */
  public OfferedApproval {
    actions = Set.copyOf(actions);
  }
}
