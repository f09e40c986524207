package org.hikae.device.restore;

import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.files.RawPath;

/**
 * What to restore, and where to.
 *
 * @param snapshot as listed by the store
 * @param selection what of the snapshot: {@link RawPath#ROOT} for all, which then lies in the
 *     target under its full path; a directory, whose contents then lie in the target itself; or any
 *     other entry, which then lies in the target under its name
 * @param target absolute path of a directory; made when it is not there
 * @param overwrite what becomes of entries that the target has already
 */
public record RestoreRequest(
    SnapshotView snapshot, RawPath selection, RawPath target, OverwriteMode overwrite) {}
