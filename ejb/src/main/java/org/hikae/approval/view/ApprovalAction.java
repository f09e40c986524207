package org.hikae.approval.view;

/** What somebody may do with a request for approval. */
public enum ApprovalAction {
  /** Agree, which makes the change. */
  APPROVE,
  /** Say no, for good. */
  REJECT,
  /** No longer want it. */
  WITHDRAW
}
