package org.hikae.backup.wire;

/** What became of a snapshot that is not simply kept. */
public enum ReleaseState {
  /** Released, but still live until there is room among held bytes. */
  WAITING,
  /** Goes when its hold period is over; until then it can be read and taken back. */
  HELD,
  /** Taken back: retention leaves it alone. */
  KEPT,
  /** Its list and root are gone; the stub stays. */
  REMOVED
}
