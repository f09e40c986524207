package org.hikae.caller.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import org.hikae.caller.service.IdempotencyClaimSteps;
import org.hikae.metrics.service.JobRunner;

/** Erases kept answers that are a day old. Every node does so; two at once erase no more. */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class IdempotencyExpiryTimer {

  /** Most transactions of one turn; the next turn goes on. */
  private static final int MAX_STEPS = 20;

  @Inject private IdempotencyClaimSteps claims;

  private final JobRunner runner =
      new JobRunner(IdempotencyExpiryTimer.class, Level.WARNING, "Kept answers are not erased now");

  @Schedule(hour = "*", minute = "*", second = "23", persistent = false)
  void forget() {
    runner.run(() -> JobRunner.steps(MAX_STEPS, claims::forget));
  }
}
