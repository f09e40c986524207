package org.hikae.notice.value;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * When a recipient's notices go.
 *
 * @param zone of the times of day
 * @param quietFrom when quiet hours begin; null for none
 * @param quietUntil when they end; null for none
 * @param digestAt when the day's notices go together; null for at once
 * @param mutedUntil until when nothing is sent; null for not muted
 */
public record RecipientSchedule(
    ZoneId zone,
    @Nullable LocalTime quietFrom,
    @Nullable LocalTime quietUntil,
    @Nullable LocalTime digestAt,
    @Nullable Instant mutedUntil) {}
