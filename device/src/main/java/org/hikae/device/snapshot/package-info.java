/**
 * Stored snapshots opened and read: root, manifest and chunks, with substitutes for damaged packs
 * and the check of a series against rollback. It knows no backup and no restore.
 */
@NullMarked
package org.hikae.device.snapshot;

import org.jspecify.annotations.NullMarked;
