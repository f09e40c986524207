package org.hikae.insight.view;

import java.util.List;
import org.hikae.openapi.wire.SchemaName;

/**
 * How far the people of a campaign have come.
 *
 * @param waves in their order
 */
public record CampaignFunnel(List<FunnelStage> waves) {

  /**
   * A wave. From {@code offered} on each number is part of the one before.
   *
   * @param waveId which
   * @param number its place in the order
   * @param invited whom it invited
   * @param withdrawn those of them from whom the offer was taken back
   * @param offered those who are offered the backup by it now
   * @param seen those whose device or pages were told of the offer, or who take part
   * @param optedIn those who take part
   * @param backedUp those with a backup
   * @param healthy those whose newest backup is younger than a week
   */
  @SchemaName("CampaignFunnelStage")
  public record FunnelStage(
      long waveId,
      int number,
      long invited,
      long withdrawn,
      long offered,
      long seen,
      long optedIn,
      long backedUp,
      long healthy) {}
}
