package org.hikae.enrollment.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.hikae.enrollment.boundary.EmployeeDeviceCommands;
import org.hikae.identity.value.EmployeeId;
import org.hikae.ui.faces.Banner;

/** What those who help do with an employee's devices. */
@Named
@RequestScoped
public class EmployeeDevicesPage {

  @Inject private EmployeeDeviceCommands devices;
  @Inject private Banner banner;

  /** Stops a device for good. */
  public void revoke(long employeeId, String deviceId) {
    banner.attempt(
        () -> devices.revoke(new EmployeeId(employeeId), deviceId), "ppl", "revoke.done");
  }
}
