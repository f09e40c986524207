package org.hikae.enrollment.job;

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
import org.hikae.enrollment.service.ConsentTextLog;
import org.hikae.metrics.control.JobStatus;
import org.hikae.metrics.service.JobRunner;
import org.hikae.transparency.service.CheckpointSigner;

/**
 * Enters consent texts into the transparency log that were published before there was one. What is
 * published since enters with its publishing.
 */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class ConsentTextLogTimer {

  @Inject private ConsentTextLog textLog;
  @Inject private CheckpointSigner signer;

  private final JobRunner runner =
      new JobRunner(
          ConsentTextLogTimer.class, Level.ERROR, "Consent texts cannot enter the log now");

  /** Once is enough: nothing else is published without entering. */
  private boolean done;

  @PostConstruct
  void start() {
    // A key that cannot be read stops the portal at its start, and not a vault's card later.
    var _ = signer.load();
    enter();
  }

  @Schedule(hour = "*", minute = "*/10", persistent = false)
  void enter() {
    if (!done) {
      done = runner.run(this::appendMissing) == JobStatus.DONE;
    }
  }

  private JobStatus appendMissing() {
    textLog.appendMissing();
    return JobStatus.DONE;
  }
}
