package org.hikae.policy.view;

import org.hikae.policy.control.EffectiveValues;
import org.hikae.policy.control.PolicyKey;

/**
 * From when on backups that differ raise an alarm.
 *
 * @param percent how much of what a device backs up has to look encrypted within three weeks; 0 for
 *     no alarm about a device
 * @param people of how many people devices have to depart within a day; 0 for no alarm about many
 */
public record ChangeAlarmThresholds(long percent, long people) {

  public static ChangeAlarmThresholds of(EffectiveValues effective) {
    return new ChangeAlarmThresholds(
        effective.number(PolicyKey.CHANGE_ALARM_PERCENT),
        effective.number(PolicyKey.CHANGE_ALARM_PEOPLE));
  }
}
