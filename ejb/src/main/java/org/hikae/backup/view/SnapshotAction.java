package org.hikae.backup.view;

/** What an employee may do with a snapshot of theirs. */
public enum SnapshotAction {
  /** Say that it may go after its hold period. */
  RELEASE,
  /** Say that it stays. */
  TAKE_BACK
}
