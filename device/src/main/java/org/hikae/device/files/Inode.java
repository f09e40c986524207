package org.hikae.device.files;

/**
 * Which file a name leads to: several names that are hard links lead to one.
 *
 * @param device of which file system
 * @param number within that file system
 */
public record Inode(long device, long number) {}
