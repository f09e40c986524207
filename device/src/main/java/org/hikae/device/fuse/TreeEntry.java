package org.hikae.device.fuse;

import org.hikae.device.files.FileTime;
import org.hikae.device.files.FileType;

/**
 * An entry of a {@link ReadOnlyTree}.
 *
 * @param node its number, the same for all names of a file; never 0
 * @param name its raw name; empty where it was not asked for by name
 * @param type what it is
 * @param mode permission, set-id and sticky bits
 * @param uid owner
 * @param gid group
 * @param links names of a file; 1 for a directory, which says nothing about what is in it
 * @param size bytes of a file, or of a link's target
 * @param storedBytes of these those that are no hole
 * @param modified time of the last change of contents
 * @param changed time of the last change of the inode
 */
public record TreeEntry(
    long node,
    byte[] name,
    FileType type,
    int mode,
    int uid,
    int gid,
    long links,
    long size,
    long storedBytes,
    FileTime modified,
    FileTime changed) {

  /** The same under another name, or as another of its names. */
  public TreeEntry named(byte[] other) {
    return new TreeEntry(
        node, other, type, mode, uid, gid, links, size, storedBytes, modified, changed);
  }
}
