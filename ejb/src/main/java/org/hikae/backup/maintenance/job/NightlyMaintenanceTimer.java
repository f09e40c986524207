package org.hikae.backup.maintenance.job;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJBException;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.hikae.metrics.control.JobKind;
import org.hikae.metrics.service.JobMeter;
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

  private static final System.Logger LOG =
      System.getLogger(NightlyMaintenanceTimer.class.getName());

  @Resource private TimerService timers;
  @Inject private Settings settings;
  @Inject private NightlyMaintenanceJob nightlyMaintenanceJob;
  @Inject private CorrelationIds ids;
  @Inject private JobMeter meter;

  private String worker = "";
  private boolean failing;

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
    JobMeter.Watch watch = meter.start(JobKind.NIGHT);
    try {
      if (nightlyMaintenanceJob.work(worker)) {
        watch.ended();
      }
      failing = false;
    } catch (EJBException e) {
      watch.failed();
      if (!failing) {
        LOG.log(System.Logger.Level.ERROR, "The nightly work failed; trying again", e);
      }
      failing = true;
    } finally {
      next();
    }
  }
}
