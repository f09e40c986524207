package org.hikae.insight.recovery.view;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Who could recover at the end of a day, or until now.
 *
 * @param day in UTC
 * @param notedAt when it was noted last
 * @param figures of everybody
 */
public record RecoveryTrendDay(LocalDate day, Instant notedAt, RecoveryRow figures) {}
