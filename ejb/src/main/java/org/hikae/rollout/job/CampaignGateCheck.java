package org.hikae.rollout.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hikae.rollout.entity.Campaign;
import org.hikae.rollout.entity.Gate;
import org.hikae.rollout.entity.GateReading;
import org.hikae.rollout.entity.Wave;
import org.hikae.rollout.service.GateFigures;
import org.hikae.rollout.store.CampaignStore;
import org.hikae.rollout.store.InvitationStore;
import org.hikae.rollout.value.GateKind;

/** Looks at the gates of a campaign and keeps what changed; works in the step's transaction. */
@ApplicationScoped
class CampaignGateCheck {

  @Inject private CampaignStore campaigns;
  @Inject private InvitationStore invitations;
  @Inject private GateFigures figures;

  /** The first reading that must halt the campaign, if any does. */
  Optional<GateReading> exceeded(Campaign campaign, List<Wave> waves, Instant now) {
    Instant since = campaign.observedSince();
    if (since == null || campaign.gates().isEmpty()) {
      return Optional.empty();
    }
    Map<Long, Wave> byId =
        waves.stream().collect(Collectors.toMap(Wave::waveId, Function.identity()));
    List<GateReading> known = campaigns.newestReadings(campaign.campaignId());
    Map<Long, Long> invited = invitations.countByWave(campaign.campaignId());
    Optional<GateReading> worst = Optional.empty();
    for (GateKind kind : GateKind.values()) {
      Gate gate = campaign.gates().get(kind);
      if (gate == null) {
        continue;
      }
      for (GateFigures.WaveFigures seen : see(kind, campaign.campaignId(), since, now)) {
        Wave wave = byId.get(seen.waveId());
        if (wave == null) {
          continue;
        }
        GateReading reading =
            new GateReading(
                wave,
                kind,
                gate,
                invited.getOrDefault(seen.waveId(), 0L),
                seen.failing(),
                seen.observed(),
                now);
        if (reading.exceeded() || known.stream().noneMatch(reading::sameAs)) {
          campaigns.add(reading, campaign.campaignId());
        }
        if (reading.exceeded() && worst.isEmpty()) {
          worst = Optional.of(reading);
        }
      }
    }
    return worst;
  }

  private List<GateFigures.WaveFigures> see(
      GateKind kind, long campaignId, Instant since, Instant now) {
    return switch (kind) {
      case FAILED_FIRST_BACKUPS -> figures.failedFirstBackups(campaignId, since);
      case VAULT_ERRORS -> figures.vaultErrors(campaignId, since);
      case STALE_DEVICES -> figures.staleDevices(campaignId, since, now);
    };
  }
}
