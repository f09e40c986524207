package org.hikae.insight.system.view;

/**
 * What answers.
 *
 * @param ready whether everything that there should be answers
 * @param database {@code UP} or {@code DOWN}
 * @param vault {@code UP}, {@code DOWN} or {@code NONE} when none is configured
 * @param auditTrail {@code UP}, or {@code LATE} when events wait for their places in the chain for
 *     over a minute; {@code UNKNOWN} without the database. It serves nevertheless
 */
public record HealthReport(boolean ready, String database, String vault, String auditTrail) {}
