package org.hikae.insight.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.hikae.insight.view.CampaignFunnel;
import org.hikae.insight.view.RunningCampaign;
import org.hikae.runtime.control.Kept;
import org.hikae.runtime.control.KeptEach;

/** Campaigns, whose people are counted once for all administrators who look. */
@ApplicationScoped
public class SharedCampaign {

  private final Kept<Optional<RunningCampaign>> campaign = new Kept<>(Duration.ofSeconds(15));
  private final KeptEach<Long, CampaignFunnel> funnels = new KeptEach<>();

  /** The campaign that runs, counted now unless it was within the last quarter of a minute. */
  public Optional<RunningCampaign> running(Instant now, Supplier<Optional<RunningCampaign>> count) {
    return campaign.get(now, count);
  }

  /** How far the people of a campaign have come, some seconds old at most where that is costly. */
  public CampaignFunnel funnel(long campaignId, Supplier<CampaignFunnel> count) {
    return funnels.get(campaignId, count);
  }
}
