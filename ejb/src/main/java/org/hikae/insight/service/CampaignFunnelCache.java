package org.hikae.insight.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.hikae.insight.view.CampaignFunnel;
import org.hikae.insight.view.RunningCampaign;
import org.hikae.runtime.control.CachedValue;
import org.hikae.runtime.control.KeyedCache;

/** Campaigns, whose people are counted once for all administrators who look. */
@ApplicationScoped
public class CampaignFunnelCache {

  private final CachedValue<Optional<RunningCampaign>> campaign =
      new CachedValue<>(Duration.ofSeconds(15));
  private final KeyedCache<Long, CampaignFunnel> funnels = new KeyedCache<>();

  /** The campaign that runs, counted now unless it was within the last quarter of a minute. */
  public Optional<RunningCampaign> running(Instant now, Supplier<Optional<RunningCampaign>> count) {
    return campaign.get(now, count);
  }

  /** How far the people of a campaign have come, some seconds old at most where that is costly. */
  public CampaignFunnel funnel(long campaignId, Supplier<CampaignFunnel> count) {
    return funnels.get(campaignId, count);
  }
}
