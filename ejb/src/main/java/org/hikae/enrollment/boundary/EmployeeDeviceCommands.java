package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.enrollment.control.EnrollmentRequestFields;
import org.hikae.enrollment.service.DeviceRevocation;
import org.hikae.enrollment.service.EnrollmentViewMapper;
import org.hikae.enrollment.store.DeviceStore;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;

/** An employee's devices for those who help: to see them, and to stop a lost one. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.SCOPED)
public class EmployeeDeviceCommands {

  @Inject private EmployeeDirectory directory;
  @Inject private DeviceStore devices;
  @Inject private DeviceRevocation revocation;
  @Inject private CurrentCaller currentCaller;

  /** All devices of an employee, oldest first. */
  public List<DeviceView> of(EmployeeId employeeId) {
    directory.requireKnown(employeeId.value());
    return devices.of(employeeId.value(), EnrollmentViewMapper.MAX_DEVICES).stream()
        .map(EnrollmentViewMapper::of)
        .toList();
  }

  /** Stops an employee's device for good; needs a recent sign-in. */
  @RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK})
  public DeviceView revoke(EmployeeId employeeId, String deviceId) {
    currentCaller.recentlySignedIn();
    directory.requireKnown(employeeId.value());
    return revocation.revoke(employeeId.value(), EnrollmentRequestFields.id("deviceId", deviceId));
  }
}
