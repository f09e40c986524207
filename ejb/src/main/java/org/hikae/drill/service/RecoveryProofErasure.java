package org.hikae.drill.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.hikae.drill.store.RecoveryProofStore;
import org.hikae.enrollment.view.RevokedDevice;

/** Recovery proofs go with their device or employee, in the transaction in which these do. */
@ApplicationScoped
public class RecoveryProofErasure {

  @Inject private RecoveryProofStore proofStore;

  /** Removes those of a device that was stopped for good. */
  void erase(@Observes RevokedDevice device) {
    proofStore.eraseOfDevice(device.deviceId());
  }

  /** Removes those of all devices of an employee whose data is erased; how many there were. */
  public int erase(long employeeId) {
    return proofStore.eraseOfEmployee(employeeId);
  }
}
