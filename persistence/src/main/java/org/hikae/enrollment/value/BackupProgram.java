package org.hikae.enrollment.value;

/** What a device makes its backups with. */
public enum BackupProgram {
  /** The portal's own agent. */
  AGENT,
  /** An unmodified restic. */
  RESTIC
}
