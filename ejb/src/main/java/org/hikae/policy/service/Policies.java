package org.hikae.policy.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hikae.identity.service.GroupMembership;
import org.hikae.identity.view.GroupHistory;
import org.hikae.policy.control.CountingPolicy;
import org.hikae.policy.control.PolicyHistory;
import org.hikae.policy.control.PolicyKey;
import org.hikae.policy.control.PolicyStatement;
import org.hikae.policy.control.QuotaSum;
import org.hikae.policy.view.BackupPolicy;
import org.hikae.policy.view.ChangeAlarmThresholds;
import org.hikae.policy.view.DeviceRules;
import org.hikae.policy.view.EffectivePolicy;
import org.hikae.policy.view.MissedBackupThresholds;
import org.hikae.policy.wire.DevicePolicy;

/**
 * What holds for an employee, for the use cases of other capabilities and their timers. Only reads:
 * two or three queries, no lock.
 */
@Stateless
@PermitAll
public class Policies {

  @Inject private PolicyReader policyReader;
  @Inject private GroupMembership groups;
  @Inject private Clock clock;

  /** What holds now. */
  public BackupPolicy of(long employeeId) {
    return BackupPolicy.of(policyReader.effective(employeeId));
  }

  /**
   * How much these people may store together; the largest number there is when it is more than
   * that. Reads everybody's groups: for timers, not for those who wait.
   */
  public long quotaBytes(Collection<Long> employeeIds) {
    Map<Long, Set<String>> people = new HashMap<>(groups.everybody());
    people.keySet().retainAll(new HashSet<>(employeeIds));
    return QuotaSum.sum(policyReader.standing(), people);
  }

  /** What the portal holds the employee's devices to. */
  public DeviceRules deviceRules(long employeeId) {
    return DeviceRules.of(policyReader.effective(employeeId));
  }

  /** When a backup that does not come is told. */
  public MissedBackupThresholds missedBackupThresholds(long employeeId) {
    return MissedBackupThresholds.of(policyReader.effective(employeeId));
  }

  /** The same for each of these, by number. */
  public Map<Long, MissedBackupThresholds> missedBackupThresholds(Collection<Long> employeeIds) {
    return policyReader.effective(employeeIds).entrySet().stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, one -> MissedBackupThresholds.of(one.getValue())));
  }

  /** From when on backups that differ raise an alarm. */
  public ChangeAlarmThresholds changeAlarmThresholds(long employeeId) {
    return ChangeAlarmThresholds.of(policyReader.effective(employeeId));
  }

  /** What the employee's devices follow, and who says so. */
  public DevicePolicy forDevices(long employeeId) {
    return EffectivePolicy.of(employeeId, policyReader.effective(employeeId))
        .forDevices(CountingPolicy.former(counting(employeeId)));
  }

  /**
   * Every policy that still counts against deleting: the one that holds now, and each earlier one
   * until its own hold period has passed since it was replaced. A snapshot goes only when all of
   * them let it go, so that a shorter hold or retention takes effect after the old hold period.
   */
  public List<BackupPolicy> stillCounting(long employeeId) {
    return counting(employeeId).stream().map(CountingPolicy::values).map(BackupPolicy::of).toList();
  }

  private List<CountingPolicy> counting(long employeeId) {
    Instant now = clock.instant();
    Instant since = now.minus(Duration.ofDays(PolicyKey.MAX_DAYS));
    GroupHistory history = groups.historyOf(employeeId, since);
    List<PolicyStatement> versions = policyReader.since(employeeId, history, since);
    return PolicyHistory.counting(employeeId, history, versions, now);
  }

  /** The longest hold period among those that still count. */
  public Duration holdPeriod(long employeeId) {
    return longest(employeeId, BackupPolicy::holdPeriod);
  }

  /** The longest time to take back an opt-out among those that still count. */
  public Duration optOutGrace(long employeeId) {
    return longest(employeeId, BackupPolicy::optOutGrace);
  }

  /** The longest time for which a leaver's data is kept among those that still count. */
  public Duration leaverKeep(long employeeId) {
    return longest(employeeId, BackupPolicy::leaverKeep);
  }

  private Duration longest(long employeeId, Function<BackupPolicy, Duration> time) {
    return stillCounting(employeeId).stream().map(time).max(Duration::compareTo).orElseThrow();
  }
}
