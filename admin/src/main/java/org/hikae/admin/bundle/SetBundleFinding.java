package org.hikae.admin.bundle;

/**
 * Something that a bundle lacks, or has otherwise than it should be.
 *
 * @param kind what is wrong
 * @param name of an object, or identifier of a snapshot
 */
public record SetBundleFinding(Kind kind, String name) {

  /** What is wrong. */
  public enum Kind {
    /** An object that a snapshot needs is not stored. */
    OBJECT_MISSING,
    /** Disk or database cannot read an object that is stored. */
    OBJECT_UNREADABLE,
    /** The bytes of an object do not hash to its name; they are in the bundle as they are. */
    OBJECT_DAMAGED,
    /** Nobody can say any more what a snapshot needs. */
    LIST_MISSING,
    /** The list of what a snapshot needs lacks objects, or is another one. */
    LIST_DAMAGED
  }
}
