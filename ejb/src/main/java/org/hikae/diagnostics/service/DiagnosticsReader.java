package org.hikae.diagnostics.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.diagnostics.control.DiagnosticsCauses;
import org.hikae.diagnostics.control.DiagnosticsCodec;
import org.hikae.diagnostics.control.DiagnosticsRules;
import org.hikae.diagnostics.entity.DeviceDiagnostics;
import org.hikae.diagnostics.store.DiagnosticsStore;
import org.hikae.diagnostics.view.DiagnosticsView;
import org.hikae.diagnostics.wire.Diagnostics;
import org.hikae.enrollment.service.OverdueDevices;
import org.hikae.runtime.control.PortalVersion;

/** Diagnostics with what they let one guess, newest first. Works in the caller's transaction. */
@ApplicationScoped
public class DiagnosticsReader {

  @Inject private DiagnosticsStore diagnosticsStore;
  @Inject private OverdueDevices devices;
  @Inject private Clock clock;

  /** Those of a device of somebody of a scope, which may be no device. */
  public List<DiagnosticsView> ofDevice(DepartmentScope scope, String deviceId) {
    return diagnosticsStore.ofDevice(scope, deviceId, oldest(), DiagnosticsRules.KEPT).stream()
        .map(this::view)
        .toList();
  }

  /** The newest of all devices of an employee. */
  public List<DiagnosticsView> ofEmployee(long employeeId) {
    return diagnosticsStore.ofEmployee(employeeId, oldest(), DiagnosticsRules.KEPT).stream()
        .map(this::view)
        .toList();
  }

  private Instant oldest() {
    return clock.instant().minus(DiagnosticsRules.KEPT_FOR);
  }

  private DiagnosticsView view(DeviceDiagnostics kept) {
    Diagnostics told = DiagnosticsCodec.parse(Objects.requireNonNull(kept.content()));
    return new DiagnosticsView(
        kept.deviceId(),
        devices.nameOf(kept.deviceId()),
        kept.receivedAt(),
        kept.receivedAt().plus(DiagnosticsRules.KEPT_FOR),
        told,
        DiagnosticsCauses.of(told, PortalVersion.text()));
  }
}
