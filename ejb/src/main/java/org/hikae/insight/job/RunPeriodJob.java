package org.hikae.insight.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import org.hikae.insight.store.RunPeriodStore;

/**
 * Counts how runs ended by when they began, for the overview. Doing it again replaces what was
 * counted; it changes no run and waits for none.
 */
@Stateless
@PermitAll
public class RunPeriodJob {

  @Inject private RunPeriodStore periods;
  @Inject private Clock clock;

  /** Counts the last seven days anew. */
  public void note() {
    periods.count(clock.instant());
  }
}
