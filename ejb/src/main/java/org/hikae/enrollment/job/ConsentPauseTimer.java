package org.hikae.enrollment.job;

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

/** Notes pauses of backups within seconds; on two nodes each is noted once. */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class ConsentPauseTimer {

  /** Enough for a hundred thousand employees; the rest is for the next time. */
  private static final int MAX_BATCHES = 1000;

  @Inject private ConsentPauseJob pauses;

  private final JobRunner runner =
      new JobRunner(ConsentPauseTimer.class, Level.ERROR, "Pauses of backups are not noted now");

  @Schedule(hour = "*", minute = "*", second = "*/30", persistent = false)
  void notePauses() {
    runner.run(() -> JobRunner.steps(MAX_BATCHES, () -> pauses.note() == ConsentPauseJob.BATCH));
  }
}
