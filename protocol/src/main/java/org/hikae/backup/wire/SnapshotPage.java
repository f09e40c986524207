package org.hikae.backup.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of all the employee's devices, newest first ({@code GET
 * /api/v1/device/snapshots?limit=&after=&device=}).
 *
 * @param snapshots at most {@code limit} (default 100, at most 1000)
 * @param next value of {@code after} for the next page; absent on the last
 */
public record SnapshotPage(List<SnapshotView> snapshots, @Nullable String next) {}
