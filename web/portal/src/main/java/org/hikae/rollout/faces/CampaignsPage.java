package org.hikae.rollout.faces;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.hikae.problem.control.PageRequest;
import org.hikae.rollout.boundary.CampaignQueries;
import org.hikae.rollout.value.CampaignId;
import org.hikae.rollout.view.CampaignPage;
import org.hikae.rollout.view.CampaignView;
import org.jspecify.annotations.Nullable;

/** Campaigns, newest first. Older ones are added by keyset. */
@Named
@ViewScoped
public class CampaignsPage implements Serializable {

  private static final int PAGE = 20;

  @Inject private CampaignQueries queries;

  private List<CampaignView> campaigns = new ArrayList<>();
  private @Nullable Long next;

  /** Reads the newest campaigns. */
  @PostConstruct
  public void load() {
    campaigns = new ArrayList<>();
    append(null);
  }

  /** Adds older ones. */
  public void older() {
    append(next);
  }

  private void append(@Nullable Long before) {
    CampaignPage page =
        queries.list(before == null ? null : new CampaignId(before), null, new PageRequest(PAGE));
    page.campaigns()
        .forEach(entry -> campaigns.add(queries.campaign(new CampaignId(entry.campaignId()))));
    next = page.next();
  }

  /** Campaigns read so far. */
  public List<CampaignView> getCampaigns() {
    return campaigns;
  }

  /** How many waves of a campaign have begun. */
  public long begun(CampaignView campaign) {
    return campaign.waves().stream().filter(wave -> wave.beganAt() != null).count();
  }

  /** Whether there are older ones. */
  public boolean isMore() {
    return next != null;
  }
}
