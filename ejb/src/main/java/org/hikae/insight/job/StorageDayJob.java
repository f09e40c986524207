package org.hikae.insight.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.hikae.insight.store.CoverageFigures;
import org.hikae.insight.store.StorageDayStore;
import org.hikae.policy.service.Policies;

/** Notes how much is stored, for the trend. Doing it again the same day replaces what was noted. */
@Stateless
@PermitAll
public class StorageDayJob {

  @Inject private StorageDayStore days;
  @Inject private CoverageFigures figures;
  @Inject private Policies policies;
  @Inject private Clock clock;

  /** Notes what holds now as that of today. */
  public void note() {
    Instant now = clock.instant();
    long quota = policies.quotaBytes(days.participants());
    days.of(LocalDate.ofInstant(now, ZoneOffset.UTC))
        .note(now, figures.storedBytes(), figures.storage().liveBytes(), quota);
  }
}
