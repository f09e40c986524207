package org.hikae.device.cli.window;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is backed up by itself, and when.
 *
 * @param scheduled whether there is a schedule; all else is what a new one would have otherwise
 * @param folders what is backed up; empty for what the company's policy names
 * @param options others of {@code hikae backup}, as they were typed
 * @param everyHours hours between two backups
 * @param at time of the day, as 12:30
 * @param uploadLimit KiB a second; absent for none
 * @param nextAt when the next one is due
 * @param pausedUntil when the pause ends by itself
 * @param notes what the person was told when it was changed
 */
record ScheduleView(
    boolean scheduled,
    List<String> folders,
    List<String> options,
    int everyHours,
    String at,
    boolean onBattery,
    boolean onMetered,
    int warnAfterDays,
    @Nullable String uploadLimit,
    @Nullable Instant nextAt,
    boolean paused,
    @Nullable Instant pausedUntil,
    List<String> notes) {}
