package org.hikae.notice.job;

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

/** Sends within seconds what waits in the outbox. */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class NoticeDeliveryTimer {

  private static final System.Logger LOG = System.getLogger(NoticeDeliveryTimer.class.getName());

  @Inject private NoticeDeliveryJob sending;
  @Inject private Settings settings;

  private boolean failing;

  /** A wrong setting stops the portal at its start, not when something is to be told. */
  @PostConstruct
  void requireSettings() {
    var _ = settings.smtp();
    var _ = settings.webhook();
  }

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void send() {
    try {
      sending.run();
      failing = false;
    } catch (EJBException e) {
      if (!failing) {
        LOG.log(System.Logger.Level.ERROR, "Notices cannot be sent; trying again", e);
      }
      failing = true;
    }
  }
}
