package org.hikae.insight.system.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.hikae.audit.entity.AuditSeal;
import org.hikae.audit.store.AuditChainStore;
import org.hikae.backup.entity.MaintenanceState;
import org.hikae.backup.entity.ScrubPass;
import org.hikae.backup.store.MaintenanceStateStore;
import org.hikae.backup.store.RottenObjectStore;
import org.hikae.backup.store.ScrubStore;
import org.hikae.identity.store.DirectoryStateStore;
import org.hikae.insight.recovery.store.RecoveryFigures;
import org.hikae.insight.recovery.view.RecoveryRow;
import org.hikae.insight.store.CoverageFigures;
import org.hikae.insight.store.CoverageFigures.DeviceFigure;
import org.hikae.insight.store.MonitoringFigures;
import org.hikae.insight.system.service.FleetGauges;
import org.hikae.insight.value.EmployeeFilter;
import org.hikae.insight.view.Coverage;
import org.hikae.metrics.control.JobKind;
import org.hikae.metrics.service.Meters;
import org.jspecify.annotations.Nullable;

/** Reads for the monitoring system what the database says; a timer asks, never a scrape. */
@Stateless
@PermitAll
public class FleetFiguresJob {

  @Inject private CoverageFigures coverage;
  @Inject private RecoveryFigures recoveryFigures;
  @Inject private MonitoringFigures monitoringFigures;
  @Inject private RottenObjectStore rotten;
  @Inject private AuditChainStore chain;
  @Inject private MaintenanceStateStore maintenanceState;
  @Inject private ScrubStore scrubs;
  @Inject private DirectoryStateStore directory;
  @Inject private FleetGauges gauges;
  @Inject private Meters meters;
  @Inject private Clock clock;

  /** Reads all figures, in one transaction. */
  public void read() {
    Instant now = clock.instant();
    devices(now);
    Map<EmployeeFilter.EnrollmentStatus, Long> people = coverage.people();
    for (EmployeeFilter.EnrollmentStatus enrollmentStatus :
        EmployeeFilter.EnrollmentStatus.values()) {
      gauges.employees(
          enrollmentStatus.name().toLowerCase(Locale.ROOT),
          people.getOrDefault(enrollmentStatus, 0L));
    }
    MonitoringFigures.Stored stored = monitoringFigures.stored();
    gauges.stored(stored.objects(), stored.bytes(), rotten.countOpen());
    MonitoringFigures.WaitingNotices waitingNotices = monitoringFigures.outbox(now);
    gauges.waiting(
        waitingNotices.notices(),
        age(waitingNotices.since(), now),
        age(chain.waitingSince().orElse(null), now));
    RecoveryFigures.RecoveryCount recovery =
        recoveryFigures.everybody(now.minus(RecoveryRow.WITHIN));
    gauges.recovery("people", recovery.people());
    gauges.recovery("drilled", recovery.drilled());
    gauges.recovery("practised", recovery.practised());
    gauges.recovery("proven", recovery.proven());
    jobs();
    gauges.readAt(now);
  }

  private void devices(Instant now) {
    DeviceFigure all =
        coverage.devices(now.minus(Coverage.WARN_AFTER), now.minus(Coverage.CRITICAL_AFTER));
    gauges.devices("fresh", all.fresh());
    gauges.devices("late", all.late());
    gauges.devices("stale", all.total() - all.fresh() - all.late() - all.never());
    gauges.devices("never", all.never());
  }

  /** When work ended well, whichever portal did it. */
  private void jobs() {
    MaintenanceState maintenance = maintenanceState.read();
    if (!maintenance.working() && maintenance.failures() == 0) {
      meters.succeeded(JobKind.NIGHT, maintenance.startedAt());
    }
    scrubs.newest(2).stream()
        .map(ScrubPass::endedAt)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(ended -> meters.succeeded(JobKind.SCRUB, ended));
    Instant read = directory.read().successAt();
    if (read != null) {
      meters.succeeded(JobKind.DIRECTORY, read);
    }
    chain
        .newestSeal()
        .map(AuditSeal::sealedAt)
        .ifPresent(at -> meters.succeeded(JobKind.AUDIT_SEAL, at));
  }

  private static long age(@Nullable Instant since, Instant now) {
    return since == null ? 0 : Math.max(0, Duration.between(since, now).toSeconds());
  }
}
