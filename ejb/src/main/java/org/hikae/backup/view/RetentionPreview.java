package org.hikae.backup.view;

import java.time.Instant;
import java.util.List;
import org.hikae.openapi.wire.SchemaName;
import org.jspecify.annotations.Nullable;

/**
 * What the next nightly work would do to an employee's snapshots, and why each stays.
 *
 * @param at ISO-8601 instant of the question, by the server's clock
 * @param legalHold whether nothing goes, because the employee's backup is on legal hold; never told
 *     to an employee whose policy hides that
 * @param snapshots by set and device, each newest first
 */
public record RetentionPreview(Instant at, boolean legalHold, List<PlannedSnapshot> snapshots) {

  /** Most snapshots in one answer. */
  public static final int MAX_ROWS = 20_000;

  /** What the next nightly work does to a snapshot. */
  @SchemaName("RetentionPreviewTonight")
  public enum Tonight {
    /** Nothing. */
    STAYS,
    /** It is dropped: its hold period begins, or it waits for room. */
    IS_DROPPED,
    /** It was dropped, and the rules keep it again. */
    RETURNS,
    /** It goes on waiting for room, or is held from then on. */
    WAITS,
    /** It goes on being held. */
    IS_HELD,
    /** Its hold period is over: it is removed. */
    IS_REMOVED
  }

  /**
   * One snapshot.
   *
   * @param snapshotId hexadecimal identifier
   * @param deviceId whose series
   * @param sequence place in the series
   * @param committedAt ISO-8601 instant
   * @param tonight what happens
   * @param keptBy why it stays: {@code NEWEST}, {@code LAST}, {@code HOURLY}, {@code DAILY}, {@code
   *     WEEKLY}, {@code MONTHLY}, {@code YEARLY}, {@code WITHIN}, {@code CLOCK}, {@code PERSON}
   * @param until ISO-8601 instant until which it can be taken back, while it is held
   */
  public record PlannedSnapshot(
      String snapshotId,
      String deviceId,
      long sequence,
      Instant committedAt,
      Tonight tonight,
      List<RetentionReason> keptBy,
      @Nullable Instant until) {}
}
