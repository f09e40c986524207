package org.hikae.enrollment.wire;

/** Whether a device may act. */
public enum DeviceState {
  /** May back up and restore. */
  ACTIVE,
  /** May do nothing until the employee resumes it. */
  PAUSED,
  /** May do nothing, for good. */
  REVOKED
}
