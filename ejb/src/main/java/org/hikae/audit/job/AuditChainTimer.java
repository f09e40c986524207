package org.hikae.audit.job;

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
import org.hikae.audit.service.AuditChain;
import org.hikae.audit.service.AuditSealing;
import org.hikae.metrics.control.JobKind;
import org.hikae.metrics.control.JobStatus;
import org.hikae.metrics.service.JobMeter;
import org.hikae.metrics.service.JobRunner;

/** Chains events every second and has the end signed every hour. Every node does so. */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class AuditChainTimer {

  private static final System.Logger LOG = System.getLogger(AuditChainTimer.class.getName());

  /** Most transactions of one turn; the next turn goes on. */
  private static final int MAX_STEPS = 20;

  @Inject private AuditChain chain;
  @Inject private AuditSealing sealing;
  @Inject private JobMeter meter;

  private final JobRunner linking =
      new JobRunner(AuditChainTimer.class, Level.WARNING, "Events get no places in the chain now");
  private final JobRunner signing =
      new JobRunner(
          AuditChainTimer.class, Level.WARNING, "The audit trail's end is not signed now");

  private boolean late;

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void link() {
    linking.run(
        meter.start(JobKind.AUDIT_CHAIN),
        () -> {
          JobStatus status = JobRunner.steps(MAX_STEPS, chain::link);
          alarm(chain.isLate());
          return status;
        });
  }

  private void alarm(boolean nowLate) {
    if (nowLate && !late) {
      LOG.log(
          Level.ERROR,
          "ALARM: events of the audit trail wait for their places in the chain for over {0} s",
          AuditChain.LATE.toSeconds());
    }
    late = nowLate;
  }

  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false, info = "AUDIT_SEAL")
  void seal() {
    signing.run(
        meter.start(JobKind.AUDIT_SEAL), Executors.callable(sealing::sealIfDue, JobStatus.DONE));
  }
}
