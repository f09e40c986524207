package org.hikae.insight.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.hikae.insight.control.DepartmentMergeRules;
import org.hikae.insight.store.RecoveryDayStore;
import org.hikae.insight.store.RecoveryFigures;
import org.hikae.insight.store.RecoveryFigures.RecoveryCount;

/** Notes who can recover, for the trend. Doing it again the same day replaces what was noted. */
@Stateless
@PermitAll
public class RecoveryDayJob {

  @Inject private RecoveryDayStore days;
  @Inject private RecoveryFigures figures;
  @Inject private Clock clock;

  /** Notes what holds now as that of today. */
  public void note() {
    Instant now = clock.instant();
    RecoveryCount all = figures.everybody(now.minus(DepartmentMergeRules.WITHIN));
    days.of(LocalDate.ofInstant(now, ZoneOffset.UTC))
        .note(now, all.people(), all.drilled(), all.practised(), all.proven());
  }
}
