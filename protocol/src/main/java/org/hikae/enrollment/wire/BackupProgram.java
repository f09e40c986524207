package org.hikae.enrollment.wire;

/** What a device makes its backups with. */
public enum BackupProgram {
  /** The portal's own agent. */
  AGENT,
  /** An unmodified restic. */
  RESTIC
}
