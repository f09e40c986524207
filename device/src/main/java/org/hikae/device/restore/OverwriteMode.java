package org.hikae.device.restore;

/** What a restore does with entries that are in the target already. */
public enum OverwriteMode {
  /** A target with entries is refused. */
  REFUSE,
  /** They are replaced. */
  ALWAYS,
  /** Those of the same type, size and time of change are left alone; others are replaced. */
  IF_CHANGED,
  /**
   * Those that changed earlier than the one in the snapshot are replaced; others are left alone.
   */
  IF_NEWER,
  /** They are left alone. */
  NEVER
}
