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
import java.time.Duration;
import org.hikae.metrics.control.JobKind;
import org.hikae.metrics.control.JobStatus;
import org.hikae.metrics.service.JobMeter;
import org.hikae.metrics.service.JobRunner;
import org.hikae.runtime.service.Settings;

/** Lets scrubbing go on every so many minutes, the first time after as many. */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class ScrubTimer {

  private static final System.Logger LOG = System.getLogger(ScrubTimer.class.getName());

  @Resource private TimerService timers;
  @Inject private Settings settings;
  @Inject private ScrubJob scrubJob;
  @Inject private JobMeter meter;

  private final JobRunner runner =
      new JobRunner(ScrubTimer.class, Level.WARNING, "Scrubbing failed");

  @PostConstruct
  void start() {
    if (settings.scrubMinutes() > 0) {
      next();
    }
  }

  private void next() {
    Duration wait = Duration.ofMinutes(settings.scrubMinutes());
    timers.createSingleActionTimer(wait.toMillis(), new TimerConfig(JobKind.SCRUB, false));
  }

  @Timeout
  void scrub() {
    try {
      runner.run(
          meter.start(JobKind.SCRUB),
          () -> {
            ScrubJob.Counts counts = scrubJob.run(false);
            if (counts.rotten() > 0) {
              LOG.log(Level.WARNING, "Scrubbing found rotten objects: {0}", counts);
            }
            return JobStatus.DONE;
          });
    } finally {
      next();
    }
  }
}
