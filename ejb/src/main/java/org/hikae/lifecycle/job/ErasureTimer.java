package org.hikae.lifecycle.job;

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
import org.hikae.lifecycle.service.ReceiptSigner;
import org.hikae.metrics.control.JobKind;
import org.hikae.metrics.control.JobStatus;
import org.hikae.metrics.service.JobMeter;
import org.hikae.metrics.service.JobRunner;
import org.hikae.runtime.control.NightlySchedule;
import org.hikae.runtime.service.Settings;

/**
 * Looks every half minute who left or is back, and whether something that an employee opted out of,
 * or left, is due.
 */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class ErasureTimer {

  /** How long to wait after something failed, because each look writes the reason to the log. */
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(10);

  @Resource private TimerService timers;
  @Inject private Settings settings;
  @Inject private ReceiptSigner signer;
  @Inject private LeaverJob leaverJob;
  @Inject private ErasureJob erasureJob;
  @Inject private JobMeter meter;

  private final JobRunner runner =
      new JobRunner(ErasureTimer.class, Level.ERROR, "What is due cannot be erased now");

  @PostConstruct
  void start() {
    // A key that cannot be read stops the portal at its start, not after everything is erased.
    signer.load();
    NightlySchedule nightly = settings.nightly();
    if (nightly.at() != null || nightly.every() != null) {
      next(nightly.look());
    }
  }

  private void next(Duration wait) {
    timers.createSingleActionTimer(wait.toMillis(), new TimerConfig(null, false));
  }

  @Timeout
  void look() {
    Duration wait = AFTER_FAILURE;
    try {
      if (runner.run(meter.start(JobKind.ERASURE), this::work) != JobStatus.FAILED) {
        wait = settings.nightly().look();
      }
    } finally {
      next(wait);
    }
  }

  private JobStatus work() {
    return leaverJob.work() + erasureJob.work() > 0 ? JobStatus.FAILED : JobStatus.DONE;
  }
}
