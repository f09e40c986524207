package org.hikae.insight.recovery.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.hikae.insight.recovery.store.RecoveryDayStore;
import org.hikae.insight.recovery.store.RecoveryFigures;
import org.hikae.insight.recovery.store.RecoveryFigures.RecoveryCount;
import org.hikae.insight.recovery.view.RecoveryRow;

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
    RecoveryCount all = figures.everybody(now.minus(RecoveryRow.WITHIN));
    days.of(LocalDate.ofInstant(now, ZoneOffset.UTC))
        .note(now, all.people(), all.drilled(), all.practised(), all.proven());
  }
}
