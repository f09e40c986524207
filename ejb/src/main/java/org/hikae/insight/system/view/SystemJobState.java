package org.hikae.insight.system.view;

/** How work that the portal does by itself stands. */
public enum SystemJobState {
  /** It goes on now. */
  RUNNING,
  /** It ended well the last time. */
  IDLE,
  /** It did not end well the last time. */
  FAILED,
  /** It was never done. */
  NEVER
}
