package org.hikae.rollout.value;

/** How much there can be of campaigns. */
public final class CampaignLimits {

  /** Most campaigns that there can be. */
  public static final int MAX_CAMPAIGNS = 1000;

  /** Most waves of a campaign. */
  public static final int MAX_WAVES = 50;

  private CampaignLimits() {}
}
