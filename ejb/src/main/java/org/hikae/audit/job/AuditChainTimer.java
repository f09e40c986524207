package org.hikae.audit.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJBException;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.hikae.audit.service.AuditChain;
import org.hikae.audit.service.AuditSealing;
import org.hikae.metrics.control.JobKind;
import org.hikae.metrics.service.JobMeter;

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

  private boolean late;

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void link() {
    JobMeter.Watch watch = meter.start(JobKind.AUDIT_CHAIN);
    try {
      for (int steps = 0; steps < MAX_STEPS && chain.link(); steps++) {
        // Each turn of this loop is a transaction.
      }
      watch.succeeded();
      alarm(chain.isLate());
    } catch (EJBException e) {
      watch.failed();
      LOG.log(System.Logger.Level.WARNING, "Events get no places in the chain now", e);
    }
  }

  private void alarm(boolean nowLate) {
    if (nowLate && !late) {
      LOG.log(
          System.Logger.Level.ERROR,
          "ALARM: events of the audit trail wait for their places in the chain for over {0} s",
          AuditChain.LATE.toSeconds());
    }
    late = nowLate;
  }

  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false, info = "AUDIT_SEAL")
  void seal() {
    JobMeter.Watch watch = meter.start(JobKind.AUDIT_SEAL);
    try {
      sealing.sealIfDue();
      watch.ended();
    } catch (EJBException e) {
      watch.failed();
      LOG.log(System.Logger.Level.WARNING, "The audit trail's end is not signed now", e);
    }
  }
}
