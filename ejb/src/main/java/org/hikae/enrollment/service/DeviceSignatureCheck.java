package org.hikae.enrollment.service;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.control.DeviceKey;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.store.DeviceStore;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.hk1.MalformedException;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/** Whether the calling device has signed something, by the key that it was enrolled with. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class DeviceSignatureCheck {

  @Inject private DeviceStore devices;

  /** Refuses a signature that is not this device's over {@code message} as a bad one. */
  public void require(DeviceCaller caller, byte[] message, byte[] signature) {
    Device device =
        devices.find(caller.deviceId(), caller.employeeId()).orElseThrow(Refusal::notFound);
    if (!key(device).verifies(message, signature)) {
      throw Refusal.of(ProblemCode.BAD_SIGNATURE);
    }
  }

  private static DeviceKey key(Device device) {
    try {
      return DeviceKey.parse(device.publicKey());
    } catch (MalformedException e) {
      throw new IllegalStateException("A stored device key is damaged", e);
    }
  }
}
