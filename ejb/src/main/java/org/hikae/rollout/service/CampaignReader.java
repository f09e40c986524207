package org.hikae.rollout.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.rollout.control.CampaignActionRules;
import org.hikae.rollout.entity.Campaign;
import org.hikae.rollout.entity.Gate;
import org.hikae.rollout.entity.GateReading;
import org.hikae.rollout.entity.Wave;
import org.hikae.rollout.store.AudienceStore;
import org.hikae.rollout.store.CampaignStore;
import org.hikae.rollout.store.InvitationStore;
import org.hikae.rollout.value.AudienceKind;
import org.hikae.rollout.value.GateKind;
import org.hikae.rollout.view.CampaignAction;
import org.hikae.rollout.view.CampaignEditConflict;
import org.hikae.rollout.view.CampaignView;
import org.hikae.rollout.view.GateReadingView;
import org.hikae.rollout.view.GateView;
import org.hikae.rollout.view.WaveView;
import org.jspecify.annotations.Nullable;

/** Reads campaigns for several use cases; works in their transactions. */
@ApplicationScoped
public class CampaignReader {

  @Inject private CampaignStore campaigns;
  @Inject private InvitationStore invitations;
  @Inject private AudienceStore audiences;

  /** What the trail calls a campaign. */
  public static String object(long campaignId) {
    return "campaign:" + campaignId;
  }

  public Campaign find(long campaignId) {
    return campaigns.find(campaignId).orElseThrow(Refusal::notFound);
  }

  /** The campaign, held for a change. */
  public Campaign lock(long campaignId) {
    return campaigns.lock(campaignId).orElseThrow(Refusal::notFound);
  }

  /**
   * The campaign, held for a change by somebody who saw this edition; refused with both when it has
   * another one.
   */
  public Campaign lock(long campaignId, @Nullable Long edition, Record wanted) {
    Campaign campaign = lock(campaignId);
    if (edition == null) {
      throw Refusal.malformed("If-Match must name the edition that you saw.");
    }
    if (campaign.edition() != edition) {
      throw Refusal.with(
          ProblemCode.EDITED_MEANWHILE, new CampaignEditConflict(view(campaign), wanted));
    }
    require(campaign, CampaignAction.EDIT);
    return campaign;
  }

  /** Refuses what may not be done with the campaign now. */
  public void require(Campaign campaign, CampaignAction action) {
    int waves = campaigns.waves(campaign.campaignId()).size();
    if (!CampaignActionRules.actions(campaign.state(), waves).contains(action)) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
  }

  public Wave wave(long campaignId, long waveId) {
    return campaigns.wave(campaignId, waveId).orElseThrow(Refusal::notFound);
  }

  public CampaignView view(Campaign campaign) {
    Long halt = campaign.haltedByReading();
    return new CampaignView(
        campaign.campaignId(),
        campaign.edition(),
        campaign.name(),
        campaign.description(),
        campaign.state(),
        gates(campaign.gates()),
        campaigns.waves(campaign.campaignId()).stream().map(this::view).toList(),
        invitations.count(campaign.campaignId()),
        campaign.observedSince(),
        halt == null ? null : campaigns.reading(halt).map(CampaignReader::view).orElse(null),
        campaign.createdAt(),
        campaign.createdBySubject());
  }

  private static List<GateView> gates(Map<GateKind, Gate> gates) {
    return gates.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            entry ->
                new GateView(
                    entry.getKey(), entry.getValue().maxPercent(), entry.getValue().minObserved()))
        .toList();
  }

  public static GateReadingView view(GateReading reading) {
    return new GateReadingView(
        reading.readingId(),
        reading.waveId(),
        reading.gate(),
        reading.failing(),
        reading.observed(),
        reading.limit().maxPercent(),
        reading.limit().minObserved(),
        reading.exceeded(),
        reading.readAt());
  }

  private WaveView view(Wave wave) {
    AudienceKind kind = wave.kind();
    return new WaveView(
        wave.waveId(),
        wave.number(),
        wave.name(),
        kind,
        kind == AudienceKind.GROUPS ? wave.groups().stream().sorted().toList() : null,
        wave.percent(),
        kind == AudienceKind.LIST ? (Long) audiences.listed(wave.waveId()) : null,
        wave.startsAt(),
        wave.soak().days(),
        wave.soak().minHealthyPercent(),
        wave.soak().minObserved(),
        wave.beganAt(),
        wave.invitedAt());
  }
}
