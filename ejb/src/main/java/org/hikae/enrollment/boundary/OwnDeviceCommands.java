package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.enrollment.control.DeviceActionRules;
import org.hikae.enrollment.control.EnrollmentRequestFields;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.service.DeviceRevocation;
import org.hikae.enrollment.service.EnrollmentViewMapper;
import org.hikae.enrollment.store.DeviceStore;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * An employee's devices on the pages. Pausing and revoking take effect with the device's next call,
 * because {@link org.hikae.enrollment.service.DeviceAuthenticator} looks at the state each time;
 * revoking also ends the device's session at Keycloak, which may take a while when Keycloak is
 * down.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.OWN)
public class OwnDeviceCommands {

  @Inject private EmployeeDirectory directory;
  @Inject private CurrentCaller currentCaller;
  @Inject private DeviceStore devices;
  @Inject private AuditTrail trail;
  @Inject private DeviceRevocation revocation;

  /** All devices of the caller, oldest first. */
  public List<DeviceView> list() {
    return devices.of(directory.me().employeeId(), EnrollmentViewMapper.MAX_DEVICES).stream()
        .map(EnrollmentViewMapper::of)
        .toList();
  }

  /** Stops a device until it is resumed. */
  public DeviceView pause(String deviceId) {
    Device device = ownLive(deviceId);
    device.pause();
    trail.recordAbout(directory.me().employeeId(), "device.pause", "device:" + deviceId, Map.of());
    return EnrollmentViewMapper.of(device);
  }

  /** Lets a paused device act again. */
  public DeviceView resume(String deviceId) {
    Device device = ownLive(deviceId);
    device.resume();
    trail.recordAbout(directory.me().employeeId(), "device.resume", "device:" + deviceId, Map.of());
    return EnrollmentViewMapper.of(device);
  }

  /** Stops a device for good; needs a recent sign-in. Revoking a revoked device is success. */
  public DeviceView revoke(String deviceId) {
    currentCaller.recentlySignedIn();
    return revocation.revoke(
        directory.me().employeeId(), EnrollmentRequestFields.id("deviceId", deviceId));
  }

  private Device ownLive(String deviceId) {
    Device device =
        devices
            .toChange(EnrollmentRequestFields.id("deviceId", deviceId), directory.me().employeeId())
            .orElseThrow(Refusal::notFound);
    if (DeviceActionRules.isOver(device.state())) {
      throw Refusal.of(ProblemCode.DEVICE_REVOKED);
    }
    return device;
  }
}
