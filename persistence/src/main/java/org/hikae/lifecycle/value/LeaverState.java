package org.hikae.lifecycle.value;

/** What is done with what a leaver left. */
public enum LeaverState {
  /** It is frozen and kept. */
  KEPT,
  /** It is about to be erased, or being erased. */
  DELETING,
  /** There is nothing of it any more. */
  DELETED,
  /** The employee is back. */
  RETURNED
}
