package org.hikae.enrollment.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.enrollment.control.DeviceActionRules;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.entity.SessionEnding;
import org.hikae.enrollment.store.DeviceStore;
import org.hikae.enrollment.store.SessionEndingStore;
import org.hikae.enrollment.view.RevokedDevice;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.identity.view.EmployeeChanged;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.Refusal;

/**
 * Stops a device for good, for whoever may: its next call is refused, and its session at Keycloak
 * is ended, which may take a while when Keycloak is down. The employee is told.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class DeviceRevocation {

  @Inject private DeviceStore devices;
  @Inject private SessionEndingStore endings;
  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;
  @Inject private Event<EmployeeChanged> changed;
  @Inject private Event<RevokedDevice> revoked;
  @Inject private Clock clock;

  /** Stops this employee's device; revoking a revoked one is success. */
  public DeviceView revoke(long employeeId, String deviceId) {
    Device device = devices.toChange(deviceId, employeeId).orElseThrow(Refusal::notFound);
    if (DeviceActionRules.isOver(device.state())) {
      return EnrollmentViewMapper.of(device);
    }
    device.revoke();
    changed.fire(new EmployeeChanged(employeeId));
    revoked.fire(new RevokedDevice(deviceId));
    String session = device.keycloakSession();
    if (session != null) {
      endings.add(new SessionEnding(session, deviceId, clock.instant()));
    }
    outbox.tell(
        employeeId, NoticeKind.DEVICE_REVOKED, Map.of("deviceId", deviceId, "name", device.name()));
    trail.recordAbout(employeeId, "device.revoke", "device:" + deviceId, Map.of());
    return EnrollmentViewMapper.of(device);
  }
}
