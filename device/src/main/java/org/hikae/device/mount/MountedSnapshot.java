package org.hikae.device.mount;

import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.files.FileTime;

/**
 * A snapshot as a folder.
 *
 * @param number from 1, of this one alone
 * @param folder its name
 * @param view what the store says of it
 * @param made when it was made, by its root
 */
public record MountedSnapshot(long number, String folder, SnapshotView view, FileTime made) {}
