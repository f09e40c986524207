package org.hikae.backup.wire;

/** By what a snapshot was released or taken back. */
public enum ReleaseCause {
  /** One of the employee's devices. */
  DEVICE,
  /** The employee on the pages. */
  EMPLOYEE,
  /** The company's rules of what stays. */
  RETENTION
}
