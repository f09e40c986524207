package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.service.Agreements;
import org.hikae.enrollment.service.DeviceGate;
import org.hikae.enrollment.service.ShownLegalHold;
import org.hikae.enrollment.service.Standing;
import org.hikae.enrollment.service.Views;
import org.hikae.enrollment.store.Devices;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.enrollment.wire.DeviceContext;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.hk1.Hk1;
import org.hikae.identity.wire.Realm;
import org.hikae.policy.service.Policies;
import org.hikae.policy.wire.DevicePolicy;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** What a device may know about itself and its siblings. */
@Stateless
@RolesAllowed(Realm.EMPLOYEE)
@FromClient(Realm.AGENT_CLIENT)
public class DeviceDesk {

  @Inject private DeviceGate gate;
  @Inject private Devices devices;
  @Inject private Standing standing;
  @Inject private Policies policies;
  @Inject private ShownLegalHold shown;
  @Inject private Agreements agreements;

  /** What the calling device needs to know to work. */
  public DeviceContext context(@Nullable String session) {
    DeviceCaller caller = gate.admit(session);
    Device device =
        devices.find(caller.deviceId(), caller.employeeId()).orElseThrow(Refusal::notFound);
    return new DeviceContext(
        Views.of(device),
        caller.displayName(),
        standing.state(caller.employeeId()),
        standing.currentSet(caller.employeeId()).orElse(null),
        Hk1.MAX_OBJECT_BYTES,
        shown.since(caller.employeeId()).map(Instant::toString).orElse(null),
        agreements.open(caller.employeeId()).orElse(null));
  }

  /** What holds for the employee and who says so. */
  public DevicePolicy policy(@Nullable String session) {
    return policies.forDevices(gate.admit(session).employeeId());
  }

  /** All devices of the employee. */
  public List<DeviceView> devices(@Nullable String session) {
    DeviceCaller caller = gate.admit(session);
    return devices.of(caller.employeeId(), Views.MAX_DEVICES).stream().map(Views::of).toList();
  }
}
