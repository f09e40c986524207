package org.hikae.backup.value;

/** What is wrong with the stored bytes of an object. */
public enum RotKind {
  /** There are none. */
  MISSING,
  /** They are fewer or more than were stored. */
  SIZE,
  /** Their hash is not the object's name. */
  MISMATCH,
  /** The database answers, and cannot read them. */
  UNREADABLE
}
