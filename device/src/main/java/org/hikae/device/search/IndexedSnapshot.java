package org.hikae.device.search;

/**
 * A snapshot that an index has read.
 *
 * @param snapshotId its identifier
 * @param madeSeconds when it was made, by its root, seconds since 1970
 */
public record IndexedSnapshot(String snapshotId, long madeSeconds) {}
