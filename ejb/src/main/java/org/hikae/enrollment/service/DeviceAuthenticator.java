package org.hikae.enrollment.service;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.view.Caller;
import org.hikae.enrollment.store.DeviceStore;
import org.hikae.enrollment.value.DeviceAdmission;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.hk1.Hash256;
import org.hikae.identity.value.EmployeeState;
import org.hikae.identity.wire.RealmNames;
import org.hikae.policy.service.Policies;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Every call of a device passes here, in the transaction of its use case (HK1-R-02): one query
 * checks that the session lives, that its device is active, that its employee is enabled, and that
 * the token is that employee's. Revoking or pausing a device and disabling an account therefore
 * take effect with the next call.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class DeviceAuthenticator {

  /** Longest session header that is looked at, in characters (32 bytes in base64url have 43). */
  private static final int MAX_SESSION_CHARS = 64;

  @Inject private DeviceStore devices;
  @Inject private Policies policies;
  @Inject private CurrentCaller currentCaller;
  @Inject private Clock clock;

  /**
   * The device that calls.
   *
   * @param session value of the header {@link org.hikae.enrollment.wire.DeviceSession#HEADER}, if
   *     the request has it
   */
  public DeviceCaller admit(@Nullable String session) {
    if (session == null || session.isEmpty() || session.length() > MAX_SESSION_CHARS) {
      throw Refusal.of(ProblemCode.DEVICE_SESSION_REQUIRED);
    }
    Caller caller = currentCaller.caller();
    DeviceAdmission admission =
        devices
            .admission(hash(session), caller.issuer(), caller.subject(), clock.instant())
            .orElseThrow(() -> Refusal.of(ProblemCode.DEVICE_SESSION_REQUIRED));
    requireMayAct(admission.employeeState());
    requireMayAct(admission.deviceState());
    return new DeviceCaller(
        caller, admission.employeeId(), admission.deviceId(), admission.displayName());
  }

  /** Refuses a backup of an agent that is older than the policy allows; it may restore. */
  public void requireCurrentAgent(DeviceCaller caller) {
    String version =
        devices
            .find(caller.deviceId(), caller.employeeId())
            .orElseThrow(Refusal::notFound)
            .agentVersion();
    if (policies.deviceRules(caller.employeeId()).outdated(version)) {
      throw Refusal.of(ProblemCode.AGENT_OUTDATED);
    }
  }

  static String hash(String secret) {
    return Hash256.sha256(secret.getBytes(StandardCharsets.UTF_8)).hex();
  }

  static void requireMayAct(EmployeeState state) {
    if (state != EmployeeState.ENABLED) {
      throw Refusal.of(ProblemCode.EMPLOYEE_DISABLED);
    }
  }

  public static void requireMayAct(DeviceState state) {
    switch (state) {
      case ACTIVE -> {}
      case PAUSED -> throw Refusal.of(ProblemCode.DEVICE_PAUSED);
      case REVOKED -> throw Refusal.of(ProblemCode.DEVICE_REVOKED);
    }
  }
}
