package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.Agreements;
import org.hikae.enrollment.service.DeviceGate;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.enrollment.wire.AgreeConsent;
import org.hikae.identity.wire.Realm;
import org.jspecify.annotations.Nullable;

/** An employee agrees to a later text on a device. */
@Stateless
@RolesAllowed(Realm.EMPLOYEE)
@FromClient(Realm.AGENT_CLIENT)
public class DeviceConsent {

  @Inject private DeviceGate gate;
  @Inject private Agreements agreements;

  /** Renews the consent; doing it twice is success. */
  public void agree(@Nullable String session, AgreeConsent agreed) {
    DeviceCaller caller = gate.admit(session);
    agreements.renew(
        caller.employeeId(),
        new Agreements.Place(caller.deviceId(), caller.caller().clientId()),
        agreed);
  }
}
