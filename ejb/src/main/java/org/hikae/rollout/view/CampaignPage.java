package org.hikae.rollout.view;

import java.time.Instant;
import java.util.List;
import org.hikae.rollout.value.CampaignState;
import org.jspecify.annotations.Nullable;

/**
 * Campaigns, newest first.
 *
 * @param campaigns at most as many as asked for
 * @param next value of {@code before} for the next page; absent on the last
 */
public record CampaignPage(List<Entry> campaigns, @Nullable Long next) {

  /**
   * A campaign.
   *
   * @param campaignId identifier
   * @param edition grows with every change
   * @param name what people call it
   * @param state where it stands
   * @param createdAt when it was made
   */
  public record Entry(
      long campaignId, long edition, String name, CampaignState state, Instant createdAt) {}
}
