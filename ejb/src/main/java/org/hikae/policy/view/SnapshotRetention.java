package org.hikae.policy.view;

import java.time.Duration;

/**
 * Which snapshots of a series stay: those that any of these keeps, and always the newest.
 *
 * @param last so many newest ones
 * @param hourly the newest of each of so many hours that have one
 * @param daily the same of days
 * @param weekly the same of weeks
 * @param monthly the same of months
 * @param yearly the same of years
 * @param within all that are no older
 */
public record SnapshotRetention(
    int last, int hourly, int daily, int weekly, int monthly, int yearly, Duration within) {}
