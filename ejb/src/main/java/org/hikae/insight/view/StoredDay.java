package org.hikae.insight.view;

import java.time.Instant;
import java.time.LocalDate;

/**
 * How much was stored at the end of a day, or until it was noted last.
 *
 * @param day in UTC
 * @param notedAt when it was noted last
 * @param storedBytes bytes of all objects
 * @param liveBytes those of them that counted against quotas
 * @param quotaBytes what those who took part might store together
 */
public record StoredDay(
    LocalDate day, Instant notedAt, long storedBytes, long liveBytes, long quotaBytes) {}
