package org.hikae.insight.value;

import java.time.Instant;

/**
 * How the runs ended that began in a quarter of an hour, by the portal's clock.
 *
 * @param beganAt when the quarter began
 * @param notedAt when they were counted
 * @param done ended well, also in part
 * @param failed ended in a way of {@link EmployeeFilter#FAILURES}
 * @param open at work, stopped, or cut off
 */
public record RunPeriodCount(Instant beganAt, Instant notedAt, long done, long failed, long open) {}
