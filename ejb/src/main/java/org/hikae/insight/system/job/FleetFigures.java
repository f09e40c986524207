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
import org.hikae.audit.store.AuditChainRows;
import org.hikae.backup.entity.Housekeeping;
import org.hikae.backup.entity.ScrubPass;
import org.hikae.backup.store.HousekeepingRow;
import org.hikae.backup.store.RottenObjects;
import org.hikae.backup.store.Scrubs;
import org.hikae.identity.store.DirectoryStates;
import org.hikae.insight.store.CoverageFigures;
import org.hikae.insight.store.CoverageFigures.DeviceFigure;
import org.hikae.insight.store.MonitorFigures;
import org.hikae.insight.system.service.FleetGauges;
import org.hikae.insight.value.EmployeeFilter;
import org.hikae.insight.view.Coverage;
import org.hikae.metrics.control.Job;
import org.hikae.metrics.service.Meters;
import org.jspecify.annotations.Nullable;

/** Reads for the monitoring system what the database says; a timer asks, never a scrape. */
@Stateless
@PermitAll
public class FleetFigures {

  @Inject private CoverageFigures coverage;
  @Inject private MonitorFigures monitor;
  @Inject private RottenObjects rotten;
  @Inject private AuditChainRows chain;
  @Inject private HousekeepingRow housekeeping;
  @Inject private Scrubs scrubs;
  @Inject private DirectoryStates directory;
  @Inject private FleetGauges gauges;
  @Inject private Meters meters;
  @Inject private Clock clock;

  /** Reads all figures, in one transaction. */
  public void read() {
    Instant now = clock.instant();
    devices(now);
    Map<EmployeeFilter.Standing, Long> people = coverage.people();
    for (EmployeeFilter.Standing standing : EmployeeFilter.Standing.values()) {
      gauges.employees(standing.name().toLowerCase(Locale.ROOT), people.getOrDefault(standing, 0L));
    }
    MonitorFigures.Stored stored = monitor.stored();
    gauges.stored(stored.objects(), stored.bytes(), rotten.countOpen());
    MonitorFigures.Outbox outbox = monitor.outbox(now);
    gauges.waiting(
        outbox.notices(), age(outbox.since(), now), age(chain.waitingSince().orElse(null), now));
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
    Housekeeping night = housekeeping.read();
    if (!night.working() && night.failures() == 0) {
      meters.succeeded(Job.NIGHT, night.startedAt());
    }
    scrubs.newest(2).stream()
        .map(ScrubPass::endedAt)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(ended -> meters.succeeded(Job.SCRUB, ended));
    Instant read = directory.read().successAt();
    if (read != null) {
      meters.succeeded(Job.DIRECTORY, read);
    }
    chain
        .newestSeal()
        .map(AuditSeal::sealedAt)
        .ifPresent(at -> meters.succeeded(Job.AUDIT_SEAL, at));
  }

  private static long age(@Nullable Instant since, Instant now) {
    return since == null ? 0 : Math.max(0, Duration.between(since, now).toSeconds());
  }
}
