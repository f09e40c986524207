package org.hikae.identity.job;

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
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.hikae.identity.view.DirectoryCounts;
import org.hikae.metrics.control.JobKind;
import org.hikae.metrics.control.JobStatus;
import org.hikae.metrics.service.JobMeter;
import org.hikae.metrics.service.JobRunner;
import org.hikae.runtime.service.Settings;

/**
 * Reads the directory soon after the start and then every few minutes, sooner after a failure. A
 * Keycloak that is down is logged once, not each time.
 */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class DirectorySyncTimer {

  private static final System.Logger LOG = System.getLogger(DirectorySyncTimer.class.getName());

  private static final Duration FIRST_AFTER = Duration.ofSeconds(2);

  /** After a failure; Keycloak may just be starting. */
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(15);

  @Resource private TimerService timers;
  @Inject private Settings settings;
  @Inject private DirectorySyncJob sync;
  @Inject private JobMeter meter;

  private final JobRunner runner =
      new JobRunner(DirectorySyncTimer.class, Level.WARNING, "Keycloak's directory cannot be read");

  @PostConstruct
  void start() {
    if (settings.directoryMinutes() > 0) {
      next(FIRST_AFTER);
    }
  }

  private void next(Duration wait) {
    timers.createSingleActionTimer(wait.toMillis(), new TimerConfig(JobKind.DIRECTORY, false));
  }

  @Timeout
  void read() {
    Duration wait = AGAIN_AFTER;
    try {
      if (runner.run(meter.start(JobKind.DIRECTORY), this::synchronize) != JobStatus.FAILED) {
        wait = Duration.ofMinutes(settings.directoryMinutes());
      }
    } finally {
      next(wait);
    }
  }

  private JobStatus synchronize() throws IOException {
    Optional<DirectoryCounts> counts = sync.scheduled();
    if (counts.isEmpty()) {
      return JobStatus.LEFT_TO_ANOTHER;
    }
    if (runner.isFailing() || counts.get().added() + counts.get().left() > 0) {
      LOG.log(Level.INFO, "The directory was read: {0}", counts.get());
    }
    return JobStatus.DONE;
  }
}
