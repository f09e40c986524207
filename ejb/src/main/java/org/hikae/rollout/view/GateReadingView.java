package org.hikae.rollout.view;

import java.io.Serializable;
import java.time.Instant;
import org.hikae.rollout.value.GateKind;

/**
 * What a gate saw in a wave.
 *
 * @param readingId identifier
 * @param waveId which wave
 * @param gate which gate
 * @param failing how many failed
 * @param observed of how many
 * @param maxPercent the limit then
 * @param minObserved the minimum then
 * @param exceeded whether that was too many
 * @param readAt when
 */
public record GateReadingView(
    long readingId,
    long waveId,
    GateKind gate,
    long failing,
    long observed,
    int maxPercent,
    int minObserved,
    boolean exceeded,
    Instant readAt)
    implements Serializable {}
