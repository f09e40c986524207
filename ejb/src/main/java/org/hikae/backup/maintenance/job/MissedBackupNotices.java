package org.hikae.backup.maintenance.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.enrollment.service.OverdueDevices;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.policy.service.Policies;
import org.hikae.policy.view.MissedBackupThresholds;

/**
 * Tells of devices whose backup does not come: once when the policy's first number of days has
 * passed, and once more at the second. A backup that comes begins both anew. Time comes from the
 * caller.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class MissedBackupNotices {

  /** The shortest time that a policy can name. */
  private static final Duration SHORTEST = Duration.ofDays(1);

  @Inject private OverdueDevices devices;
  @Inject private Policies policies;
  @Inject private Outbox outbox;

  /**
   * Tells of a page of devices.
   *
   * @param after the last device of the page before; empty for the first
   * @return the last device of this page; empty when there is no other
   */
  public Optional<String> step(String after, Instant wall) {
    List<OverdueDevices.OverdueDevice> page = devices.since(wall.minus(SHORTEST), after);
    page.forEach(device -> look(device, wall));
    return page.size() < OverdueDevices.PAGE
        ? Optional.empty()
        : Optional.of(page.getLast().deviceId());
  }

  private void look(OverdueDevices.OverdueDevice device, Instant wall) {
    MissedBackupThresholds thresholds = policies.missedBackupThresholds(device.employeeId());
    Duration idle = Duration.between(device.since(), wall);
    if (idle.compareTo(thresholds.longMissed()) >= 0) {
      tell(device, NoticeKind.BACKUP_LONG_MISSED, idle);
    } else if (idle.compareTo(thresholds.missed()) >= 0) {
      tell(device, NoticeKind.BACKUP_MISSED, idle);
    }
  }

  private void tell(OverdueDevices.OverdueDevice device, NoticeKind kind, Duration idle) {
    outbox.tellOnce(
        device.deviceId() + " " + device.since().toEpochMilli(),
        device.employeeId(),
        kind,
        Map.of(
            "deviceId", device.deviceId(),
            "name", device.name(),
            "since", device.since().toString(),
            "days", Long.toString(idle.toDays())));
  }
}
