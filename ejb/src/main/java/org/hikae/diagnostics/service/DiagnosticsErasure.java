package org.hikae.diagnostics.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.hikae.diagnostics.store.DiagnosticsStore;
import org.hikae.enrollment.view.RevokedDevice;

/** Diagnostics go with their device or employee, in the transaction in which these do. */
@ApplicationScoped
public class DiagnosticsErasure {

  @Inject private DiagnosticsStore diagnosticsStore;

  /** Removes those of a device that was stopped for good. */
  void erase(@Observes RevokedDevice device) {
    diagnosticsStore.eraseOfDevice(device.deviceId());
  }

  /** Removes those of all devices of an employee whose data is erased; how many rows there were. */
  public int erase(long employeeId) {
    return diagnosticsStore.eraseOfEmployee(employeeId);
  }
}
