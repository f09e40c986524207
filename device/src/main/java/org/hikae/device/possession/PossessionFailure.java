package org.hikae.device.possession;

import java.time.Instant;

/**
 * An answer that was wrong, as it is kept for evidence.
 *
 * @param fault what is wrong
 * @param at when it came, by this device's clock
 * @param setId of which set
 * @param pack name of the pack, which is its SHA-256
 * @param bucket which part of 64 KiB was asked for, from 0
 * @param expected SHA-256 of the part as this device had it
 * @param came SHA-256 of what came in its place; the status, or {@code -}, where nothing did
 * @param cameBytes how many bytes came
 */
public record PossessionFailure(
    PossessionFault fault,
    Instant at,
    String setId,
    String pack,
    int bucket,
    String expected,
    String came,
    long cameBytes) {}
