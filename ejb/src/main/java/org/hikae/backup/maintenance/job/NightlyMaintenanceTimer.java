package org.hikae.backup.maintenance.job;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import org.hikae.metrics.control.JobKind;
import org.hikae.metrics.control.JobStatus;
import org.hikae.metrics.service.JobMeter;
import org.hikae.metrics.service.JobRunner;
import org.hikae.problem.service.CorrelationIds;
import org.hikae.runtime.control.NightlySchedule;
import org.hikae.runtime.service.Settings;

/**
 * Looks every half minute whether the nightly work is due, so that a portal which was down at that
 * time, or was killed in the middle, does it as soon as it is back.
 */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class NightlyMaintenanceTimer {

  @Resource private TimerService timers;
  @Inject private Settings settings;
  @Inject private NightlyMaintenanceJob nightlyMaintenanceJob;
  @Inject private CorrelationIds ids;
  @Inject private JobMeter meter;

  private final JobRunner runner =
      new JobRunner(NightlyMaintenanceTimer.class, Level.ERROR, "The nightly work failed");

  private String worker = "";

  @PostConstruct
  void start() {
    // Read here, so that a wrong setting stops the portal at its start and not at night.
    settings.collectGrace();
    worker = ids.next().toString();
    NightlySchedule nightly = settings.nightly();
    if (nightly.at() != null || nightly.every() != null) {
      next();
    }
  }

  private void next() {
    timers.createSingleActionTimer(
        settings.nightly().look().toMillis(), new TimerConfig(null, false));
  }

  @Timeout
  void look() {
    try {
      runner.run(
          meter.start(JobKind.NIGHT),
          () -> nightlyMaintenanceJob.work(worker) ? JobStatus.DONE : JobStatus.NOT_DUE);
    } finally {
      next();
    }
  }
}
