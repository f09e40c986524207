package org.hikae.lifecycle.view;

import java.io.Serializable;
import java.time.Instant;
import org.hikae.lifecycle.value.ErasureState;
import org.jspecify.annotations.Nullable;

/**
 * An opt-out and what became of it.
 *
 * @param erasureId identifier
 * @param setId the set
 * @param state {@code WAITING}, {@code TAKEN_BACK}, {@code ERASING} or {@code ERASED}
 * @param askedAt when the employee opted out
 * @param takeBackUntil until when it can be taken back, while it can
 * @param endedAt when it was taken back or everything was erased
 * @param wraps wraps destroyed so far
 * @param snapshots snapshots destroyed so far
 * @param objects objects destroyed so far
 * @param bytes bytes destroyed so far
 */
public record ErasureView(
    long erasureId,
    String setId,
    ErasureState state,
    Instant askedAt,
    @Nullable Instant takeBackUntil,
    @Nullable Instant endedAt,
    long wraps,
    long snapshots,
    long objects,
    long bytes)
    implements Serializable {}
