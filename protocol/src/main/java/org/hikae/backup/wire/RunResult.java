package org.hikae.backup.wire;

import org.hikae.openapi.wire.SchemaName;

/** The closed list of what a run can report; the exit codes of the agent follow it. */
@SchemaName("RunResult")
public enum RunResult {
  /** Still at work; the report is a heartbeat. */
  RUNNING,
  /** Everything was done. */
  SUCCESS,
  /** Done, but some files could not be read or written. */
  PARTIAL,
  /** The person or the system stopped it. */
  CANCELLED,
  /** The portal could not be reached, or not for long enough. */
  NETWORK,
  /** The portal refused. */
  REFUSED,
  /** Stored bytes are missing or damaged. */
  CORRUPT,
  /** The key could not be unlocked. */
  LOCKED,
  /** Local trouble: disk full, no permission. */
  LOCAL,
  /** A defect of the agent. */
  INTERNAL
}
