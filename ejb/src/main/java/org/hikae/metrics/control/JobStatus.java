package org.hikae.metrics.control;

/** How a turn of a job ended. */
public enum JobStatus {
  /** The work was done. */
  DONE,
  /** There was none to do. */
  NOT_DUE,
  /** Another portal does it, or did lately; whether this one could, nobody knows. */
  LEFT_TO_ANOTHER,
  /** It failed. */
  FAILED
}
