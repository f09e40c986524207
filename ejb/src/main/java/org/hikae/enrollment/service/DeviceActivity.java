package org.hikae.enrollment.service;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.store.DeviceStore;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.identity.view.EmployeeChanged;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/** Lets other capabilities note on a device what it did, in their own transaction. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class DeviceActivity {

  @Inject private DeviceStore devices;
  @Inject private Event<EmployeeChanged> changed;
  @Inject private Clock clock;

  /** The device has committed a snapshot just now. */
  public void backedUp(DeviceCaller device) {
    devices
        .toChange(device.deviceId(), device.employeeId())
        .ifPresent((Device found) -> found.backedUp(clock.instant()));
    changed.fire(new EmployeeChanged(device.employeeId()));
  }

  /**
   * Holds the device until the caller's transaction ends: what else it does at the same time waits.
   * Refused when it was stopped since it was admitted.
   */
  public void lock(DeviceCaller device) {
    if (!devices.lockActive(device.deviceId())) {
      throw Refusal.of(ProblemCode.DEVICE_SESSION_REQUIRED);
    }
  }
}
