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
import java.util.concurrent.Executors;
import org.hikae.metrics.control.JobStatus;
import org.hikae.metrics.service.JobRunner;

/**
 * Looks twice a minute how far copies are behind, also while copying goes on or hangs; counts them
 * every ten minutes.
 */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class SecondStoreFiguresTimer {

  @Inject private SecondStoreJob secondStoreJob;

  private final JobRunner judging =
      new JobRunner(
          SecondStoreFiguresTimer.class,
          Level.WARNING,
          "How far copies are behind cannot be seen now");

  private final JobRunner counting =
      new JobRunner(SecondStoreFiguresTimer.class, Level.WARNING, "Copies cannot be counted now");

  @Schedule(hour = "*", minute = "*", second = "5/30", persistent = false)
  void judge() {
    judging.run(Executors.callable(secondStoreJob::judge, JobStatus.DONE));
  }

  @Schedule(hour = "*", minute = "*/10", second = "10", persistent = false)
  void count() {
    counting.run(Executors.callable(secondStoreJob::count, JobStatus.DONE));
  }
}
