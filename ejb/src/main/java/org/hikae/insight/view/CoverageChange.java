package org.hikae.insight.view;

/**
 * What got worse within 24 hours.
 *
 * @param late devices whose last backup became older than three days
 * @param stale devices whose last backup became older than seven days
 * @param failed employees whose last run failed
 */
public record CoverageChange(long late, long stale, long failed) {}
