package org.hikae.insight.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.hikae.insight.store.CampaignFigures;
import org.hikae.insight.view.Coverage;
import org.hikae.rollout.service.GateFigures;

/** Tells the gates of campaigns what runs, vault contacts and devices say. */
@ApplicationScoped
class CampaignGateFigures implements GateFigures {

  @Inject private CampaignFigures figures;

  @Override
  public List<WaveFigures> failedFirstBackups(long campaignId, Instant since) {
    return seen(figures.firstBackups(campaignId, since));
  }

  @Override
  public List<WaveFigures> vaultErrors(long campaignId, Instant since) {
    return seen(figures.vaultContacts(campaignId, since));
  }

  @Override
  public List<WaveFigures> staleDevices(long campaignId, Instant since, Instant now) {
    return seen(figures.staleDevices(campaignId, since, now));
  }

  @Override
  public WaveHealth health(long waveId, Instant now) {
    CampaignFigures.Health health = figures.health(waveId, now.minus(Coverage.WARN_AFTER));
    return new WaveHealth(health.observed(), health.healthy());
  }

  private static List<WaveFigures> seen(List<CampaignFigures.Share> shares) {
    return shares.stream()
        .map(share -> new WaveFigures(share.waveId(), share.failing(), share.observed()))
        .toList();
  }
}
