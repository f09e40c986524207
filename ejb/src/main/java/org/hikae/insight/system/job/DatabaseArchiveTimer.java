package org.hikae.insight.system.job;

import jakarta.annotation.PostConstruct;
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
import org.hikae.runtime.service.Settings;

/** Looks twice a minute whether the database is backed up. */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class DatabaseArchiveTimer {

  @Inject private DatabaseArchiveJob archiveJob;
  @Inject private Settings settings;

  private final JobRunner runner =
      new JobRunner(
          DatabaseArchiveTimer.class,
          Level.WARNING,
          "Whether the database is backed up cannot be seen now");

  /** A wrong setting stops the portal at its start. */
  @PostConstruct
  void requireSetting() {
    var _ = settings.databaseBackupWithin();
  }

  @Schedule(hour = "*", minute = "*", second = "15/30", persistent = false)
  void look() {
    runner.run(Executors.callable(archiveJob::look, JobStatus.DONE));
  }
}
