package org.hikae.device.cli.window;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is backed up by itself, and when.
 *
 * @param scheduled whether there is a schedule; all else is what a new one would have otherwise
 * @param folders what is backed up; empty for what the company's policy names
 * @param options others of {@code hikae backup}, which stay when the page changes the rest
 * @param everyHours hours between two backups
 * @param at time of the day, as 12:30
 * @param uploadLimit KiB a second; absent for none
 * @param begun whether something on this computer begins what is due
 * @param nextAt when the next one is due
 * @param pausedUntil when the pause ends by itself
 * @param notes what the person was told when it was changed
 */
record ScheduleView(
    boolean scheduled,
    List<ScheduledFolder> folders,
    List<String> options,
    int everyHours,
    String at,
    boolean onBattery,
    boolean onMetered,
    int warnAfterDays,
    @Nullable Long uploadLimit,
    boolean begun,
    @Nullable Instant nextAt,
    boolean paused,
    @Nullable Instant pausedUntil,
    List<String> notes) {

  /**
   * A folder, or a file, that is backed up.
   *
   * @param path for people
   * @param rawPath the bytes of it, base64url
   */
  record ScheduledFolder(String path, String rawPath) {}
}
