package org.hikae.insight.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.Map;
import org.hikae.insight.boundary.CampaignFunnelQueries;
import org.hikae.insight.view.CampaignFunnel;
import org.hikae.rollout.value.CampaignId;

/** How far the people of campaigns have come; each campaign is read once for a page. */
@Named
@RequestScoped
public class CampaignProgress {

  @Inject private CampaignFunnelQueries funnelQueries;

  private final Map<Long, CampaignFunnel> read = new HashMap<>();

  /** The funnel of each wave. */
  public CampaignFunnel of(long campaignId) {
    return read.computeIfAbsent(campaignId, id -> funnelQueries.shown(new CampaignId(id)));
  }

  /** Who is offered the backup by the campaign and does not take part. */
  public long undecided(long campaignId) {
    return of(campaignId).waves().stream().mapToLong(wave -> wave.offered() - wave.optedIn()).sum();
  }
}
