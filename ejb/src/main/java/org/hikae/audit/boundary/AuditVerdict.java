package org.hikae.audit.boundary;

import org.jspecify.annotations.Nullable;

/**
 * What checking the whole trail found.
 *
 * @param intact whether every hash fits and the last event is the recorded end
 * @param events number of events that fit
 * @param firstWrong place of the first event that is changed, missing or inserted; absent when
 *     intact
 */
public record AuditVerdict(boolean intact, long events, @Nullable Long firstWrong) {}
