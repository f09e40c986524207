package org.hikae.rollout.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.hikae.metrics.service.JobRunner;

/** Lets all running campaigns go on, step by step. May run on several nodes at once. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CampaignJob {

  private static final System.Logger LOG = System.getLogger(CampaignJob.class.getName());

  /** Most steps of one campaign at one look; the next look goes on. */
  private static final int MAX_STEPS = 300;

  @Inject private CampaignSteps steps;

  /**
   * Goes on until nothing is left to do now; a campaign that fails does not keep others waiting.
   */
  public void run() {
    for (long campaignId : steps.running()) {
      try {
        JobRunner.steps(MAX_STEPS, () -> steps.step(campaignId));
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "Campaign " + campaignId + " cannot go on now", e);
      }
    }
  }
}
