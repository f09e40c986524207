package org.hikae.policy.view;

import org.hikae.policy.control.EffectiveValues;
import org.hikae.policy.control.PolicyKey;

/**
 * From when on backups that differ raise an alarm.
 *
 * @param percent how much of what a device backs up has to look encrypted within its last backups;
 *     0 for no alarm about a device
 * @param devices how many devices have to depart within a day; 0 for no alarm about many
 */
public record ChangeAlarmThresholds(long percent, long devices) {

  public static ChangeAlarmThresholds of(EffectiveValues effective) {
    return new ChangeAlarmThresholds(
        effective.number(PolicyKey.CHANGE_ALARM_PERCENT),
        effective.number(PolicyKey.CHANGE_ALARM_DEVICES));
  }
}
