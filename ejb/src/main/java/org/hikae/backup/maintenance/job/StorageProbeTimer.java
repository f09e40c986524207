package org.hikae.backup.maintenance.job;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
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
import org.hikae.backup.service.CiphertextStoreProducer;
import org.hikae.backup.service.SecondStoreHealth;
import org.hikae.backup.service.StorageHealth;
import org.hikae.metrics.control.JobStatus;
import org.hikae.metrics.service.JobRunner;
import org.hikae.problem.service.CorrelationIds;

/**
 * Sets the folder of files or the bucket up at the start, and tries it twice a minute: also one
 * that comes later than the portal starts. Without one nothing is ever wrong with it. The same with
 * a second store. As often it says that this portal runs, and which stores it reaches.
 */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class StorageProbeTimer {

  @Inject private StorageHealth health;
  @Inject private SecondStoreHealth secondStoreHealth;
  @Inject private CiphertextStoreProducer stores;
  @Inject private StoreMoveSteps storeMoveSteps;
  @Inject private CorrelationIds ids;

  private final JobRunner runner =
      new JobRunner(
          StorageProbeTimer.class, Level.WARNING, "The store of objects cannot be tried now");

  private final JobRunner secondRunner =
      new JobRunner(StorageProbeTimer.class, Level.WARNING, "The second store cannot be tried now");

  private final JobRunner announcing =
      new JobRunner(
          StorageProbeTimer.class, Level.WARNING, "This portal cannot say now that it runs");

  private String portal = "";

  @PostConstruct
  void start() {
    portal = ids.next().toString();
    // Read here, so that a wrong setting stops the portal at its start.
    stores.requirePlaces();
    probe();
  }

  @Schedule(hour = "*", minute = "*", second = "20/30", persistent = false)
  void probe() {
    announcing.run(Executors.callable(() -> storeMoveSteps.announce(portal), JobStatus.DONE));
    runner.run(Executors.callable(health::probe, JobStatus.DONE));
    secondRunner.run(Executors.callable(secondStoreHealth::probe, JobStatus.DONE));
  }

  /** Others need not wait for a portal that has ended in order. */
  @PreDestroy
  void stop() {
    announcing.run(Executors.callable(() -> storeMoveSteps.withdraw(portal), JobStatus.DONE));
  }
}
