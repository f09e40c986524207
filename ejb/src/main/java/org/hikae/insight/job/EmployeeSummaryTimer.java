package org.hikae.insight.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJBException;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.hikae.metrics.control.JobKind;
import org.hikae.metrics.service.JobMeter;

/**
 * Corrects each night what lists of employees are found and sorted by, and notes each hour how much
 * is stored.
 */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class EmployeeSummaryTimer {

  private static final System.Logger LOG = System.getLogger(EmployeeSummaryTimer.class.getName());

  @Inject private EmployeeSummaryJob correction;
  @Inject private StorageDayJob noting;
  @Inject private JobMeter meter;

  /** A batch is one short transaction; the end is the last employee. */
  @Schedule(hour = "3", minute = "20", persistent = false)
  void correct() {
    JobMeter.Watch watch = meter.start(JobKind.SUMMARIES);
    try {
      long after = 0;
      do {
        after = correction.correct(after);
      } while (after > 0);
      watch.succeeded();
    } catch (EJBException e) {
      watch.failed();
      throw e;
    }
  }

  @Schedule(hour = "*", minute = "10", persistent = false)
  void noteStorage() {
    try {
      noting.note();
    } catch (EJBException e) {
      // Another portal may have made the row of the day at the same moment; in an hour it is there.
      LOG.log(System.Logger.Level.INFO, "What is stored is not noted now: {0}", e.getMessage());
    }
  }
}
