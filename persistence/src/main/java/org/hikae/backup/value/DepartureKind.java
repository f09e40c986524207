package org.hikae.backup.value;

/** How a backup departs from the history of its device (spec HK1-R-21). */
public enum DepartureKind {
  /** Enough to count when many devices depart at once. */
  UNUSUAL,
  /** Enough for an alarm by itself. */
  OUTBREAK
}
