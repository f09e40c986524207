package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.control.Fields;
import org.hikae.enrollment.service.DeviceRevocation;
import org.hikae.enrollment.service.Views;
import org.hikae.enrollment.store.Devices;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.identity.service.Directory;
import org.hikae.identity.wire.Realm;

/** An employee's devices for those who help: to see them, and to stop a lost one. */
@Stateless
@RolesAllowed({Realm.BACKUP_ADMIN, Realm.HELPDESK, Realm.AUDITOR})
@FromClient(Realm.PORTAL_CLIENT)
public class StaffDevices {

  @Inject private Directory directory;
  @Inject private Devices devices;
  @Inject private DeviceRevocation revocation;
  @Inject private CurrentCaller currentCaller;

  /** All devices of an employee, oldest first. */
  public List<DeviceView> of(long employeeId) {
    directory.requireKnown(employeeId);
    return devices.of(employeeId, Views.MAX_DEVICES).stream().map(Views::of).toList();
  }

  /** Stops an employee's device for good; needs a recent sign-in. */
  @RolesAllowed({Realm.BACKUP_ADMIN, Realm.HELPDESK})
  public DeviceView revoke(long employeeId, String deviceId) {
    currentCaller.recentlySignedIn();
    directory.requireKnown(employeeId);
    return revocation.revoke(employeeId, Fields.id("deviceId", deviceId));
  }
}
