package org.hikae.insight.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.hikae.insight.store.CoverageFigures;
import org.hikae.insight.store.CoverageFigures.DeviceFigure;
import org.hikae.insight.store.ProtectionDayStore;
import org.hikae.insight.value.EmployeeFilter.EnrollmentStatus;
import org.hikae.insight.view.Coverage;

/** Notes who is protected, for the trend. Doing it again the same day replaces what was noted. */
@Stateless
@PermitAll
public class ProtectionDayJob {

  @Inject private ProtectionDayStore days;
  @Inject private CoverageFigures figures;
  @Inject private Clock clock;

  /** Notes what holds now as that of today. */
  public void note() {
    Instant now = clock.instant();
    Map<EnrollmentStatus, Long> people = figures.people();
    DeviceFigure devices =
        figures.devices(now.minus(Coverage.WARN_AFTER), now.minus(Coverage.CRITICAL_AFTER));
    days.of(LocalDate.ofInstant(now, ZoneOffset.UTC))
        .note(
            now,
            people.values().stream().mapToLong(Long::longValue).sum(),
            people.getOrDefault(EnrollmentStatus.ACTIVE, 0L),
            devices.total(),
            devices.fresh());
  }
}
