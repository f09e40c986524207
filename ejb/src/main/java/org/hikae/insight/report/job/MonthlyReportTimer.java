package org.hikae.insight.report.job;

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
 * Looks each hour whether the report of the month before is still to be made: so it is there within
 * the first hour of a month, or once a portal runs again.
 */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class MonthlyReportTimer {

  @Inject private MonthlyReportJob reportJob;

  private final JobRunner runner =
      new JobRunner(MonthlyReportTimer.class, Level.ERROR, "The monthly report cannot be made");

  @Schedule(hour = "*", minute = "25", persistent = false)
  void make() {
    runner.run(Executors.callable(reportJob::run, JobStatus.DONE));
  }
}
