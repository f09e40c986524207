package org.hikae.insight.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.service.CampaignFunnelCache;
import org.hikae.insight.store.CampaignFigures;
import org.hikae.insight.view.CampaignFunnel;
import org.hikae.insight.view.RunningCampaign;
import org.hikae.problem.control.PageRequest;
import org.hikae.rollout.boundary.CampaignQueries;
import org.hikae.rollout.value.CampaignId;
import org.hikae.rollout.value.CampaignState;

/** Shows how far the people of a campaign have come. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class CampaignFunnelQueries {

  @Inject private CampaignFigures figures;
  @Inject private CampaignFunnelCache funnelCache;
  @Inject private CampaignQueries campaignQueries;
  @Inject private Clock clock;

  /**
   * How far the people of the newest campaign that runs have come, as it was at most fifteen
   * seconds ago; empty when none runs.
   */
  public Optional<RunningCampaign> running() {
    return funnelCache.running(
        clock.instant(),
        () ->
            campaignQueries
                .list(null, CampaignState.RUNNING, new PageRequest(1))
                .campaigns()
                .stream()
                .findFirst()
                .map(
                    one ->
                        RunningCampaign.of(
                            one.campaignId(),
                            one.name(),
                            funnel(new CampaignId(one.campaignId())))));
  }

  /** The funnel for who looks at its page: that of a large campaign may be some seconds old. */
  public CampaignFunnel shown(CampaignId campaignId) {
    return funnelCache.funnel(campaignId.value(), () -> funnel(campaignId));
  }

  /** The funnel of each wave, in the order of the waves. */
  public CampaignFunnel funnel(CampaignId campaignId) {
    var waves = campaignQueries.campaign(campaignId).waves();
    Map<Long, CampaignFigures.Funnel> known =
        figures.funnel(campaignId.value(), clock.instant()).stream()
            .collect(Collectors.toMap(CampaignFigures.Funnel::waveId, Function.identity()));
    return new CampaignFunnel(
        waves.stream()
            .map(
                wave ->
                    stage(
                        wave.number(),
                        known.getOrDefault(
                            wave.waveId(),
                            new CampaignFigures.Funnel(wave.waveId(), 0, 0, 0, 0, 0, 0, 0))))
            .toList());
  }

  private static CampaignFunnel.FunnelStage stage(int number, CampaignFigures.Funnel funnel) {
    return new CampaignFunnel.FunnelStage(
        funnel.waveId(),
        number,
        funnel.invited(),
        funnel.withdrawn(),
        funnel.offered(),
        funnel.seen(),
        funnel.optedIn(),
        funnel.backedUp(),
        funnel.healthy());
  }
}
