package org.hikae.rollout.job;

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
import org.hikae.metrics.control.JobKind;
import org.hikae.metrics.control.JobStatus;
import org.hikae.metrics.service.JobMeter;
import org.hikae.metrics.service.JobRunner;

/** Looks every ten seconds whether a campaign has somebody to invite or a reason to halt. */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class CampaignTimer {

  @Inject private CampaignJob campaigns;
  @Inject private JobMeter meter;

  private final JobRunner runner =
      new JobRunner(CampaignTimer.class, Level.ERROR, "Campaigns do not go on now");

  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  void look() {
    runner.run(meter.start(JobKind.CAMPAIGNS), Executors.callable(campaigns::run, JobStatus.DONE));
  }
}
