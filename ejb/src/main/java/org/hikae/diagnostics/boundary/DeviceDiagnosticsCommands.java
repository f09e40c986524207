package org.hikae.diagnostics.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalInt;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.FromClient;
import org.hikae.diagnostics.control.DiagnosticsCodec;
import org.hikae.diagnostics.control.DiagnosticsRules;
import org.hikae.diagnostics.entity.DeviceDiagnostics;
import org.hikae.diagnostics.store.DiagnosticsStore;
import org.hikae.diagnostics.wire.Diagnostics;
import org.hikae.diagnostics.wire.DiagnosticsAnswer;
import org.hikae.enrollment.service.DeviceActivity;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.hk1.MalformedException;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a device says of itself when its employee asks for help. The trail says that it came,
 * and nothing of what it says. Whoever has not opted in may ask for help, too.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class DeviceDiagnosticsCommands {

  @Inject private DeviceAuthenticator authenticator;
  @Inject private DeviceActivity activity;
  @Inject private DiagnosticsStore diagnosticsStore;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /**
   * Keeps diagnostics of the calling device, the newest {@link DiagnosticsRules#KEPT}; refuses more
   * than {@link DiagnosticsRules#PER_DAY} a day.
   */
  public DiagnosticsAnswer send(@Nullable String session, Diagnostics diagnostics) {
    DeviceCaller device = authenticator.admit(session);
    requireValid(diagnostics);
    // Held so that no more than allowed come at once.
    activity.lock(device);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    requireRate(device.deviceId(), now);
    diagnosticsStore.add(
        new DeviceDiagnostics(
            device.deviceId(), device.employeeId(), now, DiagnosticsCodec.text(diagnostics)),
        DiagnosticsRules.KEPT);
    trail.recordAbout(
        device.employeeId(), "device.diagnostics", "device:" + device.deviceId(), Map.of());
    return new DiagnosticsAnswer(now, now.plus(DiagnosticsRules.KEPT_FOR));
  }

  private void requireRate(String deviceId, Instant now) {
    OptionalInt seconds =
        DiagnosticsRules.secondsUntilNext(
            diagnosticsStore.receivedSince(
                deviceId, now.minus(DiagnosticsRules.DAY), DiagnosticsRules.PER_DAY),
            now);
    if (seconds.isPresent()) {
      throw Refusal.retryAfter(ProblemCode.TOO_MANY_REQUESTS, seconds.getAsInt());
    }
  }

  private static void requireValid(Diagnostics diagnostics) {
    try {
      diagnostics.requireValid();
    } catch (MalformedException e) {
      throw Refusal.malformed(e);
    }
  }
}
