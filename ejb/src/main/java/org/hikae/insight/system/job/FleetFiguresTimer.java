package org.hikae.insight.system.job;

import jakarta.annotation.PostConstruct;
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
import org.hikae.runtime.service.Settings;

/**
 * Reads the figures of the monitoring system twice a minute, however often it asks; not at all when
 * nobody may ask.
 */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class FleetFiguresTimer {

  private static final System.Logger LOG = System.getLogger(FleetFiguresTimer.class.getName());

  @Inject private Settings settings;
  @Inject private FleetFiguresJob figures;
  @Inject private JobMeter meter;

  private boolean wanted;
  private boolean failing;

  @PostConstruct
  void start() {
    // Read here, so that a wrong setting stops the portal at its start.
    wanted = !settings.metricsToken().isEmpty();
  }

  @Schedule(hour = "*", minute = "*", second = "*/30", persistent = false)
  void read() {
    if (!wanted) {
      return;
    }
    JobMeter.Watch watch = meter.start(JobKind.FIGURES);
    try {
      figures.read();
      watch.succeeded();
      failing = false;
    } catch (EJBException e) {
      watch.failed();
      if (!failing) {
        LOG.log(System.Logger.Level.WARNING, "The figures cannot be read now: {0}", e.getMessage());
      }
      failing = true;
    }
  }
}
