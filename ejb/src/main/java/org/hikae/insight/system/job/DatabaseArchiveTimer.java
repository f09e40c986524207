package org.hikae.insight.system.job;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJBException;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.hikae.runtime.service.Settings;

/** Looks twice a minute whether the database is backed up. */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class DatabaseArchiveTimer {

  private static final System.Logger LOG = System.getLogger(DatabaseArchiveTimer.class.getName());

  @Inject private DatabaseArchiveJob backups;
  @Inject private Settings settings;

  private boolean failing;

  /** A wrong setting stops the portal at its start. */
  @PostConstruct
  void requireSetting() {
    var _ = settings.databaseBackupWithin();
  }

  @Schedule(hour = "*", minute = "*", second = "15/30", persistent = false)
  void look() {
    try {
      backups.look();
      failing = false;
    } catch (EJBException e) {
      if (!failing) {
        LOG.log(
            System.Logger.Level.WARNING,
            "Whether the database is backed up cannot be seen now: {0}",
            e.getMessage());
      }
      failing = true;
    }
  }
}
