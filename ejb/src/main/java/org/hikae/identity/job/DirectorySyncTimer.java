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
import java.time.Duration;
import java.util.Optional;
import org.hikae.identity.view.DirectoryCounts;
import org.hikae.metrics.control.JobKind;
import org.hikae.metrics.service.JobMeter;
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

  private boolean failing;

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
    Duration wait = Duration.ofMinutes(settings.directoryMinutes());
    JobMeter.Watch watch = meter.start(JobKind.DIRECTORY);
    try {
      Optional<DirectoryCounts> counts = sync.scheduled();
      if (counts.isPresent()) {
        watch.ended();
        note(counts.get());
      }
    } catch (IOException | RuntimeException e) {
      watch.failed();
      if (!failing) {
        LOG.log(
            System.Logger.Level.WARNING,
            "Keycloak''s directory cannot be read: {0}; trying again",
            e.toString());
      }
      failing = true;
      wait = AGAIN_AFTER;
    } finally {
      next(wait);
    }
  }

  private void note(DirectoryCounts counts) {
    if (failing || counts.added() + counts.left() > 0) {
      LOG.log(System.Logger.Level.INFO, "The directory was read: {0}", counts);
    }
    failing = false;
  }
}
