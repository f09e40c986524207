package org.hikae.approval.value;

/** Where a request for approval stands. */
public enum ApprovalState {
  /** Waits for a second administrator. */
  PENDING,
  /** A second administrator agreed, and the change was made with it. */
  APPROVED,
  /** A second administrator said no. */
  REJECTED,
  /** Who asked for it no longer wants it. */
  WITHDRAWN,
  /** Nobody decided in time. Never stored: a pending request becomes it by itself. */
  EXPIRED
}
