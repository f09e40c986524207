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
import org.hikae.metrics.control.JobStatus;
import org.hikae.metrics.service.JobRunner;
import org.hikae.runtime.service.Settings;

/** Looks every five seconds whether anything is due in the second store; never without one. */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class SecondStoreTimer {

  private static final Duration LOOK = Duration.ofSeconds(5);

  /** A store that could not be used is left alone for so long. */
  private static final Duration FAILED_WAIT = Duration.ofMinutes(1);

  @Resource private TimerService timers;
  @Inject private Settings settings;
  @Inject private SecondStoreJob secondStoreJob;

  private final JobRunner runner =
      new JobRunner(SecondStoreTimer.class, Level.WARNING, "Objects cannot be copied now");

  @PostConstruct
  void start() {
    // A wrong setting stops the portal at its start.
    var _ = settings.secondWithin();
    if (settings.secondStore() != null) {
      next(LOOK);
    }
  }

  private void next(Duration wait) {
    timers.createSingleActionTimer(wait.toMillis(), new TimerConfig(null, false));
  }

  @Timeout
  void look() {
    try {
      runner.run(() -> secondStoreJob.work() ? JobStatus.DONE : JobStatus.NOT_DUE);
    } finally {
      next(runner.isFailing() ? FAILED_WAIT : LOOK);
    }
  }
}
