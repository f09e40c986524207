package org.hikae.policy.view;

import java.time.Duration;
import org.hikae.policy.control.EffectiveValues;
import org.hikae.policy.control.PolicyKey;

/**
 * What holds for an employee's backup.
 *
 * @param quotaBytes most live bytes
 * @param quotaNoticePercent share of the quota from which the employee is told
 * @param heldBytes most bytes that only released snapshots need
 * @param retention which snapshots stay
 * @param holdPeriod how long a released or dropped snapshot can be taken back
 * @param optOutGrace how long an opt-out can be taken back
 * @param leaverKeep how long the data of somebody who left is kept
 * @param showsLegalHold whether employees see that theirs is on hold
 */
public record BackupPolicy(
    long quotaBytes,
    int quotaNoticePercent,
    long heldBytes,
    SnapshotRetention retention,
    Duration holdPeriod,
    Duration optOutGrace,
    Duration leaverKeep,
    boolean showsLegalHold) {

  public static BackupPolicy of(EffectiveValues effective) {
    return new BackupPolicy(
        effective.number(PolicyKey.QUOTA_BYTES),
        Math.toIntExact(effective.number(PolicyKey.QUOTA_NOTICE_PERCENT)),
        effective.number(PolicyKey.HELD_BYTES),
        new SnapshotRetention(
            count(effective, PolicyKey.RETENTION_LAST),
            count(effective, PolicyKey.RETENTION_HOURLY),
            count(effective, PolicyKey.RETENTION_DAILY),
            count(effective, PolicyKey.RETENTION_WEEKLY),
            count(effective, PolicyKey.RETENTION_MONTHLY),
            count(effective, PolicyKey.RETENTION_YEARLY),
            days(effective, PolicyKey.RETENTION_WITHIN_DAYS)),
        days(effective, PolicyKey.HOLD_DAYS),
        days(effective, PolicyKey.OPT_OUT_GRACE_DAYS),
        days(effective, PolicyKey.LEAVER_KEEP_DAYS),
        effective.flag(PolicyKey.SHOWS_LEGAL_HOLD));
  }

  private static int count(EffectiveValues effective, PolicyKey key) {
    return Math.toIntExact(effective.number(key));
  }

  private static Duration days(EffectiveValues effective, PolicyKey key) {
    return Duration.ofDays(effective.number(key));
  }
}
