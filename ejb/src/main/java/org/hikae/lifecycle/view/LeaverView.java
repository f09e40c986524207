package org.hikae.lifecycle.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who left, and what is done with their data.
 *
 * @param employeeId who
 * @param displayName name for people
 * @param account {@code DISABLED} or {@code GONE}
 * @param leftAt since when
 * @param data {@code KEPT}, {@code DELETING} or {@code DELETED}; absent for the moment until they
 *     are handled
 * @param deletedAfter when it is erased, while that lies ahead
 * @param held whether a legal hold puts that off
 */
public record LeaverView(
    long employeeId,
    String displayName,
    String account,
    Instant leftAt,
    @Nullable String data,
    @Nullable Instant deletedAfter,
    boolean held) {}
