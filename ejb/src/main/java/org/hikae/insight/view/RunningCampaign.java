package org.hikae.insight.view;

import java.util.function.ToLongFunction;

/**
 * How far the people of a campaign that runs have come, all its waves together. Each number is part
 * of the one before.
 *
 * @param campaignId which
 * @param name what people call it
 * @param offered those who are offered the backup by it now
 * @param seen those whose device or pages were told of the offer, or who take part
 * @param optedIn those who take part
 * @param backedUp those with a backup
 * @param healthy those whose newest backup is younger than a week
 */
public record RunningCampaign(
    long campaignId,
    String name,
    long offered,
    long seen,
    long optedIn,
    long backedUp,
    long healthy) {

  public static RunningCampaign of(long campaignId, String name, CampaignFunnel funnel) {
    return new RunningCampaign(
        campaignId,
        name,
        sum(funnel, CampaignFunnel.FunnelStage::offered),
        sum(funnel, CampaignFunnel.FunnelStage::seen),
        sum(funnel, CampaignFunnel.FunnelStage::optedIn),
        sum(funnel, CampaignFunnel.FunnelStage::backedUp),
        sum(funnel, CampaignFunnel.FunnelStage::healthy));
  }

  private static long sum(
      CampaignFunnel funnel, ToLongFunction<CampaignFunnel.FunnelStage> figure) {
    return funnel.waves().stream().mapToLong(figure).sum();
  }
}
