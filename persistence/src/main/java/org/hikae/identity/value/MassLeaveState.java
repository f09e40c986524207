package org.hikae.identity.value;

/** What became of a finding of too many leavers. */
public enum MassLeaveState {
  /** It waits for an administrator. */
  OPEN,
  /** They have left. */
  CONFIRMED,
  /** They have not left: nobody is marked as long as the same people are found. */
  DISMISSED,
  /** Others, or fewer, were found since. */
  REPLACED
}
