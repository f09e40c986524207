package org.hikae.admin.bundle;

import org.hikae.backup.wire.SnapshotView;

/**
 * A snapshot as the database has it.
 *
 * @param row its row
 * @param view as the portal would list it
 */
record StoredSnapshot(long row, SnapshotView view) {}
