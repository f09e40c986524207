package org.hikae.enrollment.transfer.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import org.hikae.metrics.service.JobRunner;

/**
 * Removes transfers that have ended, every five minutes; they can be seen by nobody before that.
 * Every node does so, and two at once remove no more.
 */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class KeyTransferExpiryTimer {

  @Inject private KeyTransferExpirySteps steps;

  private final JobRunner runner =
      new JobRunner(
          KeyTransferExpiryTimer.class, Level.WARNING, "Ended transfers are not removed now");

  @Schedule(hour = "*", minute = "*/5", second = "7", persistent = false)
  void forget() {
    runner.run(() -> JobRunner.steps(1, () -> steps.forget() > 0));
  }
}
