package org.hikae.enrollment.wire;

/** Where a backup set stands. */
public enum BackupSetState {
  /** Consent is given, the protections are not complete. */
  PENDING,
  /** In use. */
  ACTIVE,
  /** Given up, by opting out or by starting another while still PENDING. */
  WITHDRAWN
}
