package org.hikae.caller.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJBException;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.hikae.caller.service.IdempotencyClaimSteps;

/** Erases kept answers that are a day old. Every node does so; two at once erase no more. */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class IdempotencyExpiryTimer {

  private static final System.Logger LOG = System.getLogger(IdempotencyExpiryTimer.class.getName());

  /** Most transactions of one turn; the next turn goes on. */
  private static final int MAX_STEPS = 20;

  @Inject private IdempotencyClaimSteps claims;

  @Schedule(hour = "*", minute = "*", second = "23", persistent = false)
  void forget() {
    try {
      for (int steps = 0; steps < MAX_STEPS && claims.forget(); steps++) {
        // Each turn of this loop is a transaction.
      }
    } catch (EJBException e) {
      LOG.log(System.Logger.Level.WARNING, "Kept answers are not erased now", e);
    }
  }
}
