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
import org.hikae.problem.service.CorrelationIds;

/** Looks every ten seconds whether objects are to be moved. */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class StoreMoveTimer {

  private static final Duration LOOK = Duration.ofSeconds(10);

  @Resource private TimerService timers;
  @Inject private StoreMoveJob storeMoveJob;
  @Inject private CorrelationIds ids;

  private final JobRunner runner =
      new JobRunner(StoreMoveTimer.class, Level.WARNING, "Objects cannot be moved now");

  private String holder = "";

  @PostConstruct
  void start() {
    holder = ids.next().toString();
    next();
  }

  private void next() {
    timers.createSingleActionTimer(LOOK.toMillis(), new TimerConfig(null, false));
  }

  @Timeout
  void look() {
    try {
      runner.run(() -> storeMoveJob.work(holder) ? JobStatus.DONE : JobStatus.NOT_DUE);
    } finally {
      next();
    }
  }
}
