package org.hikae.insight.faces;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.hikae.insight.boundary.CampaignFunnelQueries;
import org.hikae.insight.view.RunningCampaign;
import org.jspecify.annotations.Nullable;

/** How far the people of the campaign that runs have come, for the overview. */
@Named
@RequestScoped
public class AdoptionCard {

  private static final int PERCENT = 100;

  @Inject private CampaignFunnelQueries funnelQueries;

  private @Nullable RunningCampaign campaign;

  /**
   * A step of the way.
   *
   * @param key key of what it is called
   * @param people who have come so far
   * @param percent how much of those who are offered the backup that is, in whole percent
   */
  public record Step(String key, long people, long percent) {}

  /** Reads the figures. */
  @PostConstruct
  void load() {
    campaign = funnelQueries.running().orElse(null);
  }

  /** The newest campaign that runs; null when none does. */
  public @Nullable RunningCampaign getCampaign() {
    return campaign;
  }

  /** Its steps, from the offer to a healthy backup; none when no campaign runs. */
  public List<Step> getSteps() {
    RunningCampaign running = campaign;
    return running == null
        ? List.of()
        : List.of(
            step("f.offered", running.offered(), running),
            step("f.seen", running.seen(), running),
            step("f.optedIn", running.optedIn(), running),
            step("f.backedUp", running.backedUp(), running),
            step("f.healthy", running.healthy(), running));
  }

  private static Step step(String key, long people, RunningCampaign running) {
    return new Step(key, people, people * PERCENT / Math.max(1, running.offered()));
  }
}
