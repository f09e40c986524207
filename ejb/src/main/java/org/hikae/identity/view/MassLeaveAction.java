package org.hikae.identity.view;

/** What an administrator may do with a finding of too many leavers. */
public enum MassLeaveAction {
  /** They have left. */
  CONFIRM,
  /** They have not left. */
  DISMISS
}
