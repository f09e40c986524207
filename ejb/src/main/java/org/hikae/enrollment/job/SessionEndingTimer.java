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
import java.util.concurrent.Executors;
import org.hikae.metrics.control.JobStatus;
import org.hikae.metrics.service.JobRunner;

/** Ends sessions that devices left within seconds, and again when Keycloak was down. */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class SessionEndingTimer {

  @Inject private SessionEndingJob endingJob;

  private final JobRunner runner =
      new JobRunner(
          SessionEndingTimer.class, Level.ERROR, "Sessions of revoked devices are not ended now");

  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  void endSessions() {
    runner.run(Executors.callable(endingJob::run, JobStatus.DONE));
  }
}
