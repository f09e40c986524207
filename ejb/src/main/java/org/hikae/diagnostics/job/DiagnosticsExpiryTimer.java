package org.hikae.diagnostics.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import org.hikae.metrics.service.JobRunner;

/**
 * Removes diagnostics that are 30 days old, each hour; nobody is shown them before that. Every node
 * does so, and two at once remove no more.
 */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class DiagnosticsExpiryTimer {

  /** Most transactions of one turn; the next turn goes on. */
  private static final int MAX_STEPS = 20;

  @Inject private DiagnosticsExpirySteps steps;

  private final JobRunner runner =
      new JobRunner(
          DiagnosticsExpiryTimer.class, Level.WARNING, "Old diagnostics are not removed now");

  @Schedule(hour = "*", minute = "41", second = "11", persistent = false)
  void forget() {
    runner.run(() -> JobRunner.steps(MAX_STEPS, steps::forget));
  }
}
