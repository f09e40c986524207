package org.hikae.device.cli.window;

/** Whether the person is protected, worst first, and so what they do next. */
enum ProtectionVerdict {
  /** This device is not signed in. */
  SIGN_IN,
  /** The employee has not opted in, not wholly, or not any more. */
  OPT_IN,
  /** This device does not have the key. */
  UNLOCK,
  /** Backups pause until the employee agrees to a later text. */
  CONSENT,
  /** What the portal shows does not agree with what this device or the vault knows. */
  IN_DOUBT,
  /** This device has no backup. */
  NO_BACKUP,
  /** The last backup is too long ago. */
  LATE,
  /** Backups by schedule pause. */
  PAUSED,
  /** All is well as long as the person thinks of it. */
  NOT_SCHEDULED,
  /** All is well. */
  PROTECTED
}
