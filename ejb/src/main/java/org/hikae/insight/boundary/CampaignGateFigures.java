package org.hikae.insight.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.hikae.insight.entity.CampaignFigures;
import org.hikae.rollout.boundary.GateFigures;
import org.hikae.rollout.entity.GateKind;

/** Tells the gates of campaigns what runs, vault contacts and devices say. */
@ApplicationScoped
class CampaignGateFigures implements GateFigures {

  @Inject private CampaignFigures figures;

  @Override
  public List<Seen> see(GateKind gate, long campaignId, Instant since, Instant now) {
    List<CampaignFigures.Share> shares =
        switch (gate) {
          case FAILED_FIRST_BACKUPS -> figures.firstBackups(campaignId, since);
          case VAULT_ERRORS -> figures.vaultContacts(campaignId, since);
          case STALE_DEVICES -> figures.staleDevices(campaignId, since, now);
        };
    return shares.stream()
        .map(share -> new Seen(share.waveId(), share.failing(), share.observed()))
        .toList();
  }
}
