package org.hikae.identity.view;

/** What an administrator may do with a finding of too many leavers. */
public enum MassLeaveAct {
  /** They have left. */
  CONFIRM,
  /** They have not left. */
  DISMISS
}
