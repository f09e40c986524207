package org.hikae.rollout.view;

/**
 * What somebody wanted and what stands instead.
 *
 * @param current the campaign as it is now
 * @param yours what was sent
 */
public record CampaignEditConflict(CampaignView current, Record yours) {}
