package org.hikae.enrollment.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.hikae.enrollment.store.BackupSetStore;
import org.hikae.enrollment.store.DeviceStore;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.enrollment.wire.DeviceState;

/** Lets other capabilities change what a set holds, one at a time. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class BackupSetLock {

  @Inject private BackupSetStore sets;
  @Inject private DeviceStore devices;

  /**
   * Waits until no other transaction holds the set, and holds it until this one ends: no object and
   * no snapshot enters it meanwhile.
   *
   * @return whether the set is in use, so that snapshots may still come
   */
  public boolean lock(String setId) {
    return sets.lock(setId).filter(set -> set.state() != BackupSetState.WITHDRAWN).isPresent();
  }

  /** Whether snapshots of the device may still come in the set; holds nothing. */
  public boolean mayGrow(String setId, String deviceId, long employeeId) {
    return sets.byId(setId).filter(set -> set.state() != BackupSetState.WITHDRAWN).isPresent()
        && mayContinue(deviceId, employeeId);
  }

  /** Whether the device may still add to its series one day: revoking is for ever. */
  public boolean mayContinue(String deviceId, long employeeId) {
    return devices
        .find(deviceId, employeeId)
        .filter(device -> device.state() != DeviceState.REVOKED)
        .isPresent();
  }
}
