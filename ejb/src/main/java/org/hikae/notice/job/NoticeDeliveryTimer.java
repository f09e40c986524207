package org.hikae.notice.job;

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
import java.util.concurrent.Executors;
import org.hikae.metrics.control.JobStatus;
import org.hikae.metrics.service.JobRunner;
import org.hikae.runtime.service.Settings;
import org.hikae.runtime.service.SettingsKeyProvider;

/** Sends within seconds what waits in the outbox. */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class NoticeDeliveryTimer {

  @Inject private NoticeDeliveryJob deliveryJob;
  @Inject private Settings settings;
  @Inject private SettingsKeyProvider settingsKey;

  private final JobRunner runner =
      new JobRunner(NoticeDeliveryTimer.class, Level.ERROR, "Notices cannot be sent");

  /** A wrong setting stops the portal at its start, not when something is to be told. */
  @PostConstruct
  void requireSettings() {
    var _ = settings.smtp();
    var _ = settings.webhook();
    var _ = settings.noticesToThisMachine();
    var _ = settingsKey.load();
  }

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void send() {
    runner.run(Executors.callable(deliveryJob::run, JobStatus.DONE));
  }
}
