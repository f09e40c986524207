package org.hikae.backup.maintenance.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import org.hikae.metrics.control.JobStatus;
import org.hikae.metrics.service.JobRunner;

/**
 * Looks every five minutes whether devices of many people depart from their history, and forgets
 * what devices told too long ago; on every node.
 */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class ChangeAlarmTimer {

  /** Most transactions of one turn; the next turn goes on. */
  private static final int MAX_STEPS = 20;

  @Inject private ChangeAlarmJob job;
  @Inject private ChangeAlarmSteps steps;
  @Inject private Clock clock;

  private final JobRunner runner =
      new JobRunner(
          ChangeAlarmTimer.class,
          Level.WARNING,
          "Alarms about changed files are not looked after now");

  @Schedule(hour = "*", minute = "*/5", second = "37", persistent = false)
  void look() {
    runner.run(
        () -> {
          job.raise(clock.instant());
          return JobStatus.DONE;
        });
  }

  @Schedule(hour = "*", minute = "47", second = "17", persistent = false)
  void forget() {
    runner.run(() -> JobRunner.steps(MAX_STEPS, () -> steps.forget(clock.instant())));
  }
}
