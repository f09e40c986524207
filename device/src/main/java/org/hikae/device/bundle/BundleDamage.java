package org.hikae.device.bundle;

/**
 * Something that a bundle should have and does not, or has otherwise than it should be.
 *
 * @param kind what is wrong
 * @param name of an object, or identifier of a snapshot, as the portal shows it
 * @param detail what came in its place: a status, {@code -} for nothing, {@code ?} for what it
 *     cannot be; may be empty
 */
public record BundleDamage(Kind kind, String name, String detail) {

  /** What is wrong. */
  public enum Kind {
    /** The portal does not have an object that a snapshot names. */
    OBJECT_MISSING,
    /** The portal does not hand out an object. */
    OBJECT_WITHHELD,
    /** The bytes of an object do not hash to its name; they are in the bundle as they came. */
    OBJECT_DAMAGED,
    /** The portal does not hand out the list of what a snapshot needs. */
    LIST_WITHHELD,
    /** The list of what a snapshot needs is another one; it is in the bundle as it came. */
    LIST_DAMAGED,
    /** An entry of the list of snapshots cannot be; it is in the bundle as it came. */
    SNAPSHOT_MALFORMED
  }
}
