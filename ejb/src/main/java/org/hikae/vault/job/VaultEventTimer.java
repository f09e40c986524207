package org.hikae.vault.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJBException;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.hikae.hk1.MalformedException;
import org.hikae.metrics.control.JobKind;
import org.hikae.metrics.service.JobMeter;
import org.hikae.vault.service.VaultUnavailableException;
import org.jspecify.annotations.Nullable;

/** Copies what happened at the vault within seconds. Several portals may do so at once. */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class VaultEventTimer {

  private static final System.Logger LOG = System.getLogger(VaultEventTimer.class.getName());

  @Inject private VaultEventJob news;
  @Inject private JobMeter meter;

  private @Nullable Long cursor;
  private boolean failing;

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void copy() {
    JobMeter.Watch watch = meter.start(JobKind.VAULT_NEWS);
    try {
      cursor = news.copy(cursor);
      watch.succeeded();
      failing = false;
    } catch (VaultUnavailableException | MalformedException | EJBException e) {
      watch.failed();
      if (!failing) {
        LOG.log(
            System.Logger.Level.WARNING,
            "What happened at the vault cannot be copied: {0}; trying again",
            e.getMessage());
      }
      failing = true;
    }
  }
}
