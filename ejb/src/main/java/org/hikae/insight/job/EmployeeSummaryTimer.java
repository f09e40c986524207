package org.hikae.insight.job;

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
import org.hikae.insight.recovery.job.RecoveryDayJob;
import org.hikae.metrics.control.JobKind;
import org.hikae.metrics.control.JobStatus;
import org.hikae.metrics.service.JobMeter;
import org.hikae.metrics.service.JobRunner;

/**
 * Corrects each night what lists of employees are found and sorted by, and notes each hour how much
 * is stored, who is protected, who can recover and how runs ended.
 */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class EmployeeSummaryTimer {

  @Inject private EmployeeSummaryJob summaryJob;
  @Inject private StorageDayJob storageDayJob;
  @Inject private ProtectionDayJob protectionDayJob;
  @Inject private RecoveryDayJob recoveryDayJob;
  @Inject private RunPeriodJob runPeriodJob;
  @Inject private JobMeter meter;

  private final JobRunner correcting =
      new JobRunner(
          EmployeeSummaryTimer.class, Level.ERROR, "Summaries of employees are not corrected now");

  /** Another portal may have made the row of the day at the same moment; in an hour it is there. */
  private final JobRunner storing =
      new JobRunner(EmployeeSummaryTimer.class, Level.INFO, "What is stored is not noted now");

  /** As with what is stored. */
  private final JobRunner counting =
      new JobRunner(EmployeeSummaryTimer.class, Level.INFO, "Who is protected is not noted now");

  /** As with what is stored. */
  private final JobRunner countingRecovery =
      new JobRunner(EmployeeSummaryTimer.class, Level.INFO, "Who can recover is not noted now");

  /** The next time counts what this time did not. */
  private final JobRunner countingRuns =
      new JobRunner(EmployeeSummaryTimer.class, Level.INFO, "How runs ended is not counted now");

  /** Once more after a failure, because the next time is a day later. */
  @Schedule(hour = "3", minute = "20", persistent = false)
  void correct() {
    if (correcting.run(meter.start(JobKind.SUMMARIES), this::correctAll) == JobStatus.FAILED) {
      correcting.run(meter.start(JobKind.SUMMARIES), this::correctAll);
    }
  }

  /** A batch is one short transaction; the end is the last employee. */
  private JobStatus correctAll() {
    long after = 0;
    do {
      after = summaryJob.correct(after);
    } while (after > 0);
    return JobStatus.DONE;
  }

  @Schedule(hour = "*", minute = "10", persistent = false)
  void noteDay() {
    storing.run(Executors.callable(storageDayJob::note, JobStatus.DONE));
    counting.run(Executors.callable(protectionDayJob::note, JobStatus.DONE));
    countingRecovery.run(Executors.callable(recoveryDayJob::note, JobStatus.DONE));
    countingRuns.run(Executors.callable(runPeriodJob::note, JobStatus.DONE));
  }
}
