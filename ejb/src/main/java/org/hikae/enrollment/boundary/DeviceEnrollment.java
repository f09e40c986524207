package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.control.DeviceKey;
import org.hikae.enrollment.control.EnrollmentRequestFields;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.entity.SessionEnding;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.service.EnrollmentViewMapper;
import org.hikae.enrollment.store.DeviceStore;
import org.hikae.enrollment.store.SessionEndingStore;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.enrollment.wire.EnrolDevice;
import org.hikae.hk1.Hk1Constants;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.service.EmployeeLock;
import org.hikae.identity.view.EmployeeChanged;
import org.hikae.identity.view.EmployeeView;
import org.hikae.identity.wire.RealmNames;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.policy.service.Policies;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.service.Settings;
import org.jspecify.annotations.Nullable;

/** Makes a device known by its key. The employee hears of every new one. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class DeviceEnrollment {

  @Inject private EmployeeDirectory directory;
  @Inject private EmployeeLock employeeLock;
  @Inject private DeviceStore devices;
  @Inject private SessionEndingStore endings;
  @Inject private Policies policies;
  @Inject private CurrentCaller currentCaller;
  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;
  @Inject private Event<EmployeeChanged> changed;
  @Inject private Settings settings;
  @Inject private Clock clock;

  /**
   * A device and whether it is new.
   *
   * @param device the device
   * @param created whether this call made it known
   */
  public record Enrolled(DeviceView device, boolean created) {}

  /** Enrols a device of the caller, or renames a known one. */
  public Enrolled enrol(EnrolDevice request) {
    EnrollmentRequestFields.text("name", request.name(), 100);
    EnrollmentRequestFields.text("platform", request.platform(), 100);
    EnrollmentRequestFields.text("agentVersion", request.agentVersion(), 50);
    DeviceKey key = EnrollmentRequestFields.key(request.publicKey());
    byte[] signature =
        EnrollmentRequestFields.bytes(
            "signature", request.signature(), Hk1Constants.SIGNATURE_BYTES);
    EmployeeView me = directory.me();
    requireSigned(request, me, key, signature);
    employeeLock.lock(me.employeeId());
    Optional<Device> known = devices.toChange(key.deviceId(), me.employeeId());
    Device device = known.orElseGet(() -> add(me, key, request));
    DeviceAuthenticator.requireMayAct(device.state());
    device.describe(request.name(), request.platform(), request.agentVersion());
    signIn(device, currentCaller.caller().sessionId());
    return new Enrolled(EnrollmentViewMapper.of(device), known.isEmpty());
  }

  /**
   * Notes the session, and has that of the device's earlier sign-in ended: a copy of its offline
   * token would outlive a revocation. Devices that one browser has signed in share a session, which
   * stays as long as one of them needs it.
   */
  private void signIn(Device device, @Nullable String session) {
    String earlier = device.keycloakSession();
    device.signedInWith(session);
    if (earlier != null
        && !settings.sessionsSecret().isEmpty()
        && !devices.isSignedInWith(device.employeeId(), earlier)) {
      endings.add(new SessionEnding(earlier, device.deviceId(), clock.instant()));
    }
  }

  /** All that the device says of itself; of earlier agents without platform and version. */
  private static void requireSigned(
      EnrolDevice request, EmployeeView me, DeviceKey key, byte[] signature) {
    byte[] all = request.described(me.issuer(), me.subject(), key.encoded()).toBytes();
    byte[] earlier =
        EnrolDevice.signedBytes(me.issuer(), me.subject(), key.encoded(), request.name());
    if (!key.verifies(all, signature) && !key.verifies(earlier, signature)) {
      throw Refusal.of(ProblemCode.BAD_SIGNATURE);
    }
  }

  private Device add(EmployeeView me, DeviceKey key, EnrolDevice request) {
    if (devices.exists(key.deviceId())) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    long allowed = policies.deviceRules(me.employeeId()).maxDevices();
    if (devices.countLive(me.employeeId()) >= allowed) {
      throw Refusal.of(ProblemCode.TOO_MANY_DEVICES);
    }
    Device device = new Device(key.deviceId(), me.employeeId(), key.encoded(), clock.instant());
    device.describe(request.name(), request.platform(), request.agentVersion());
    if (!devices.add(device)) {
      // Somebody else took the identifier at this moment.
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    changed.fire(new EmployeeChanged(me.employeeId()));
    Map<String, String> detail = Map.of("deviceId", device.deviceId(), "name", request.name());
    outbox.tell(me.employeeId(), NoticeKind.DEVICE_ENROLLED, detail);
    trail.recordAbout(me.employeeId(), "device.enrol", "device:" + device.deviceId(), Map.of());
    return device;
  }
}
