package org.hikae.vault.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import org.hikae.metrics.control.JobKind;
import org.hikae.metrics.control.JobStatus;
import org.hikae.metrics.service.JobMeter;
import org.hikae.metrics.service.JobRunner;
import org.jspecify.annotations.Nullable;

/** Copies what happened at the vault within seconds. Several portals may do so at once. */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class VaultEventTimer {

  @Inject private VaultEventJob eventJob;
  @Inject private JobMeter meter;

  private final JobRunner runner =
      new JobRunner(
          VaultEventTimer.class, Level.WARNING, "What happened at the vault cannot be copied");

  private @Nullable Long cursor;

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void copy() {
    runner.run(
        meter.start(JobKind.VAULT_NEWS),
        () -> {
          cursor = eventJob.copy(cursor);
          return JobStatus.DONE;
        });
  }
}
