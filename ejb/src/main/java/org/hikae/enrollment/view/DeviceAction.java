package org.hikae.enrollment.view;

/** What may be done with a device. */
public enum DeviceAction {
  /** Stop it until it is resumed. */
  PAUSE,
  /** Let it act again. */
  RESUME,
  /** Stop it for good. */
  REVOKE,
  /** Make a credential of restic for it. */
  GET_CREDENTIAL
}
