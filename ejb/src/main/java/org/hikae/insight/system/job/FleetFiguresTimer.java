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
import org.hikae.metrics.control.JobKind;
import org.hikae.metrics.control.JobStatus;
import org.hikae.metrics.service.JobMeter;
import org.hikae.metrics.service.JobRunner;
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

  @Inject private Settings settings;
  @Inject private FleetFiguresJob figures;
  @Inject private JobMeter meter;

  private final JobRunner runner =
      new JobRunner(FleetFiguresTimer.class, Level.WARNING, "The figures cannot be read now");

  private boolean enabled;

  @PostConstruct
  void start() {
    // Read here, so that a wrong setting stops the portal at its start.
    enabled = !settings.metricsToken().isEmpty();
  }

  @Schedule(hour = "*", minute = "*", second = "*/30", persistent = false)
  void read() {
    if (!enabled) {
      return;
    }
    runner.run(meter.start(JobKind.FIGURES), Executors.callable(figures::read, JobStatus.DONE));
  }
}
