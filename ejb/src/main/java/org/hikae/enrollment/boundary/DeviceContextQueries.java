package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.service.ChangeConsent;
import org.hikae.enrollment.service.ConsentRenewal;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.service.EnrollmentStatusReader;
import org.hikae.enrollment.service.EnrollmentViewMapper;
import org.hikae.enrollment.service.LegalHoldDisclosure;
import org.hikae.enrollment.store.DeviceStore;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.enrollment.wire.DeviceContext;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.hk1.Hk1Constants;
import org.hikae.identity.wire.RealmNames;
import org.hikae.policy.service.Policies;
import org.hikae.policy.wire.DevicePolicy;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** What a device may know about itself and its siblings. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class DeviceContextQueries {

  @Inject private DeviceAuthenticator authenticator;
  @Inject private DeviceStore devices;
  @Inject private EnrollmentStatusReader enrollmentStatusReader;
  @Inject private Policies policies;
  @Inject private LegalHoldDisclosure legalHoldDisclosure;
  @Inject private ConsentRenewal consentRenewal;
  @Inject private ChangeConsent changeConsent;

  /** What the calling device needs to know to work. */
  public DeviceContext context(@Nullable String session) {
    DeviceCaller caller = authenticator.admit(session);
    Device device =
        devices.find(caller.deviceId(), caller.employeeId()).orElseThrow(Refusal::notFound);
    return new DeviceContext(
        EnrollmentViewMapper.of(device),
        caller.displayName(),
        enrollmentStatusReader.state(caller.employeeId()),
        enrollmentStatusReader.currentSet(caller.employeeId()).orElse(null),
        Hk1Constants.MAX_OBJECT_BYTES,
        legalHoldDisclosure.since(caller.employeeId()).orElse(null),
        consentRenewal.open(caller.employeeId()).orElse(null),
        changeConsent.version(caller.employeeId()).orElse(null));
  }

  /** What holds for the employee and who says so. */
  public DevicePolicy policy(@Nullable String session) {
    return policies.forDevices(authenticator.admit(session).employeeId());
  }

  /** All devices of the employee. */
  public List<DeviceView> devices(@Nullable String session) {
    DeviceCaller caller = authenticator.admit(session);
    return devices.of(caller.employeeId(), EnrollmentViewMapper.MAX_DEVICES).stream()
        .map(EnrollmentViewMapper::of)
        .toList();
  }
}
