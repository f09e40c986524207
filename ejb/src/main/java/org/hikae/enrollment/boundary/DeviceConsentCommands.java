package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.ConsentRenewal;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.enrollment.wire.AgreeConsent;
import org.hikae.identity.wire.RealmNames;
import org.jspecify.annotations.Nullable;

/** An employee agrees to a later text on a device. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class DeviceConsentCommands {

  @Inject private DeviceAuthenticator authenticator;
  @Inject private ConsentRenewal consentRenewal;

  /** Renews the consent; doing it twice is success. */
  public void agree(@Nullable String session, AgreeConsent agreed) {
    DeviceCaller caller = authenticator.admit(session);
    consentRenewal.renew(
        caller.employeeId(),
        new ConsentRenewal.ConsentOrigin(caller.deviceId(), caller.caller().clientId()),
        agreed);
  }
}
