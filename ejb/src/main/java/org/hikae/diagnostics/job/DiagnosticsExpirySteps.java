package org.hikae.diagnostics.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.hikae.diagnostics.control.DiagnosticsRules;
import org.hikae.diagnostics.store.DiagnosticsStore;

/** Removes what has been kept long enough, a bounded number of rows in each transaction. */
@Stateless
@PermitAll
public class DiagnosticsExpirySteps {

  @Inject private DiagnosticsStore diagnosticsStore;
  @Inject private Clock clock;

  /** Removes some; whether there may be more. */
  public boolean forget() {
    Instant now = clock.instant();
    return diagnosticsStore.forget(
            now.minus(DiagnosticsRules.KEPT_FOR), now.minus(DiagnosticsRules.DAY))
        == DiagnosticsStore.STEP;
  }
}
