package org.hikae.policy.view;

import java.time.Duration;
import org.hikae.policy.control.EffectiveValues;
import org.hikae.policy.control.PolicyKey;

/**
 * How long a device may be without a backup until that is told.
 *
 * @param missed after this the employee is told
 * @param longMissed after this it is critical; not before {@code missed}, whatever the policy says
 */
public record MissedBackupThresholds(Duration missed, Duration longMissed) {

  public static MissedBackupThresholds of(EffectiveValues effective) {
    Duration missed = days(effective, PolicyKey.BACKUP_MISSED_DAYS);
    Duration longMissed = days(effective, PolicyKey.BACKUP_LONG_MISSED_DAYS);
    return new MissedBackupThresholds(
        missed, longMissed.compareTo(missed) < 0 ? missed : longMissed);
  }

  private static Duration days(EffectiveValues effective, PolicyKey key) {
    return Duration.ofDays(effective.number(key));
  }
}
