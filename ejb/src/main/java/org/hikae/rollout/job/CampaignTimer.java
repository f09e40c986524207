package org.hikae.rollout.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJBException;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.hikae.metrics.control.JobKind;
import org.hikae.metrics.service.JobMeter;

/** Looks every ten seconds whether a campaign has somebody to invite or a reason to halt. */
@Singleton
@Startup
@DependsOn("SchemaMigrationAtStart")
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class CampaignTimer {

  @Inject private CampaignJob runner;
  @Inject private JobMeter meter;

  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  void look() {
    JobMeter.Watch watch = meter.start(JobKind.CAMPAIGNS);
    try {
      runner.run();
      watch.succeeded();
    } catch (EJBException e) {
      watch.failed();
      throw e;
    }
  }
}
