package org.hikae.rollout.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.view.Caller;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.rollout.control.CampaignActionRules;
import org.hikae.rollout.entity.Campaign;
import org.hikae.rollout.entity.Wave;
import org.hikae.rollout.service.AudienceCountCache;
import org.hikae.rollout.service.CampaignReader;
import org.hikae.rollout.service.CampaignRequestParser;
import org.hikae.rollout.service.Participants;
import org.hikae.rollout.service.WaveStartRules;
import org.hikae.rollout.store.AudienceStore;
import org.hikae.rollout.store.CampaignStore;
import org.hikae.rollout.store.InvitationStore;
import org.hikae.rollout.value.AudienceKind;
import org.hikae.rollout.value.CampaignId;
import org.hikae.rollout.value.CampaignLimits;
import org.hikae.rollout.value.CampaignState;
import org.hikae.rollout.value.SoakRule;
import org.hikae.rollout.value.WaveId;
import org.hikae.rollout.view.CampaignAction;
import org.hikae.rollout.view.CampaignView;
import org.hikae.rollout.view.ListChange;
import org.hikae.rollout.view.PickedWave;
import org.hikae.rollout.view.PutCampaign;
import org.hikae.rollout.view.PutWave;
import org.hikae.rollout.view.StartWave;
import org.jspecify.annotations.Nullable;

/**
 * Administrators write campaigns and say whether they run. Whoever changes something names the
 * edition they saw. No change takes anybody out who was invited, but cancelling, which takes the
 * offer back from those who have not opted in.
 */
@Stateless
@RolesAllowed(RealmNames.BACKUP_ADMIN)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class CampaignCommands {

  @Inject private CampaignStore campaigns;
  @Inject private InvitationStore invitations;
  @Inject private Participants participants;
  @Inject private AudienceStore audiences;
  @Inject private CampaignReader campaignReader;
  @Inject private AudienceCountCache audienceCounts;
  @Inject private CurrentCaller currentCaller;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /** Makes a draft. */
  public CampaignView create(PutCampaign wanted) {
    return create(wanted, List.of());
  }

  /** Makes a draft with its waves in their order: all of it, or nothing when one is refused. */
  public CampaignView create(PutCampaign wanted, List<PickedWave> waves) {
    if (campaigns.count() >= CampaignLimits.MAX_CAMPAIGNS) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    Caller caller = currentCaller.caller();
    Campaign campaign = new Campaign(caller.issuer(), caller.subject(), clock.instant());
    describe(campaign, wanted);
    campaigns.add(campaign);
    CampaignView made = recorded(campaign, "campaign.create", Map.of("name", campaign.name()));
    for (PickedWave wave : waves) {
      made = add(campaign, wave);
    }
    return made;
  }

  /**
   * Changes name, description and gates.
   *
   * @param edition the one that the caller saw
   */
  public CampaignView edit(CampaignId campaignId, @Nullable Long edition, PutCampaign wanted) {
    Campaign campaign = campaignReader.lock(campaignId.value(), edition, wanted);
    describe(campaign, wanted);
    campaign.edited();
    Map<String, String> detail = new HashMap<>();
    detail.put("name", campaign.name());
    campaign
        .gates()
        .forEach(
            (kind, gate) ->
                detail.put(kind.name(), gate.maxPercent() + " % of " + gate.minObserved()));
    return recorded(campaign, "campaign.edit", detail);
  }

  private static void describe(Campaign campaign, PutCampaign wanted) {
    campaign.describe(
        CampaignRequestParser.name(wanted.name()),
        CampaignRequestParser.description(wanted.description()),
        CampaignRequestParser.gates(wanted.gates()));
  }

  /** Adds a wave behind the others. */
  public CampaignView addWave(CampaignId campaignId, PutWave wanted) {
    return addWave(campaignId, new PickedWave(wanted, ListChange.NONE));
  }

  /** Adds a wave behind the others, with those who are picked for its list. */
  public CampaignView addWave(CampaignId campaignId, PickedWave wanted) {
    return add(campaignReader.lock(campaignId.value()), wanted);
  }

  private CampaignView add(Campaign campaign, PickedWave wanted) {
    campaignReader.require(campaign, CampaignAction.ADD_WAVE);
    List<Wave> waves = campaigns.waves(campaign.campaignId());
    Wave wave = new Wave(campaign, waves.isEmpty() ? 1 : waves.getLast().number() + 1);
    wave.soakBefore(waves.isEmpty() ? SoakRule.NONE : SoakRule.DEFAULT);
    CampaignRequestParser.describe(wave, wanted.wave());
    campaigns.add(wave);
    changeList(wave, wanted.people());
    campaign.edited();
    return recorded(campaign, "campaign.wave-add", detail(wave));
  }

  /** Changes a wave; those it has invited stay so. */
  public CampaignView editWave(
      CampaignId campaignId, WaveId waveId, @Nullable Long edition, PutWave wanted) {
    return editWave(campaignId, waveId, edition, new PickedWave(wanted, ListChange.NONE));
  }

  /** Changes a wave and who is on its list; those it has invited stay so. */
  public CampaignView editWave(
      CampaignId campaignId, WaveId waveId, @Nullable Long edition, PickedWave wanted) {
    Campaign campaign = campaignReader.lock(campaignId.value(), edition, wanted.wave());
    Wave wave = campaignReader.wave(campaignId.value(), waveId.value());
    CampaignRequestParser.describe(wave, wanted.wave());
    changeList(wave, wanted.people());
    campaign.edited();
    return recorded(campaign, "campaign.wave-edit", detail(wave));
  }

  private void changeList(Wave wave, ListChange change) {
    if (change.equals(ListChange.NONE)) {
      return;
    }
    CampaignRequestParser.check(change);
    if (wave.kind() != AudienceKind.LIST) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    audiences.removeFromList(wave.waveId(), change.removedIds());
    audiences.addToList(wave.waveId(), change.addedIds());
    audienceCounts.changed();
    // Whoever is new on it has yet to be invited.
    wave.toList();
  }

  /**
   * What nobody wants any more.
   *
   * @param waveId which wave
   */
  private record RemoveWave(long waveId) {}

  /** Removes a wave that has not begun. */
  public CampaignView removeWave(CampaignId campaignId, WaveId waveId, @Nullable Long edition) {
    Campaign campaign =
        campaignReader.lock(campaignId.value(), edition, new RemoveWave(waveId.value()));
    Wave wave = campaignReader.wave(campaignId.value(), waveId.value());
    if (!CampaignActionRules.mayRemoveWave(campaign.state(), wave.begun())) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    campaigns.remove(wave);
    campaign.edited();
    return recorded(campaign, "campaign.wave-remove", detail(wave));
  }

  /**
   * Begins the wave that is next at once, whatever it waits for; who was to be seen first is not
   * waited for. Gates are looked at all the same before anybody is invited.
   */
  public CampaignView startWave(CampaignId campaignId, WaveId waveId, StartWave why) {
    Campaign campaign = campaignReader.lock(campaignId.value());
    Wave wave = campaignReader.wave(campaignId.value(), waveId.value());
    boolean next =
        WaveStartRules.next(campaigns.waves(campaignId.value())).filter(wave::equals).isPresent();
    if (!CampaignActionRules.mayStartWave(campaign.state(), next)) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    String reason = CampaignRequestParser.reason(why.reason());
    wave.begin(clock.instant());
    campaign.edited();
    return recorded(
        campaign,
        "campaign.wave-start",
        Map.of("wave", Integer.toString(wave.number()), "reason", reason));
  }

  private Map<String, String> detail(Wave wave) {
    Map<String, String> detail = new HashMap<>();
    detail.put("wave", Integer.toString(wave.number()));
    detail.put("audience", wave.kind().name());
    SoakRule soak = wave.soak();
    detail.put("soakDays", Integer.toString(soak.days()));
    detail.put("healthy", soak.minHealthyPercent() + " % of " + soak.minObserved());
    if (wave.percent() != null) {
      detail.put("percent", wave.percent().toString());
    }
    if (wave.kind() == AudienceKind.LIST) {
      detail.put("people", Long.toString(audiences.listed(wave.waveId())));
    }
    if (!wave.groups().isEmpty()) {
      // A hundred of the longest paths would not fit; the campaign itself shows them all.
      detail.put("groups", Integer.toString(wave.groups().size()));
      detail.put("first", wave.groups().stream().sorted().findFirst().orElse(""));
    }
    return detail;
  }

  /** Lets a draft invite; it needs a wave. */
  public CampaignView start(CampaignId campaignId) {
    Campaign campaign = locked(campaignId.value(), CampaignAction.START);
    campaign.run(clock.instant());
    return recorded(campaign, "campaign.start", Map.of());
  }

  /** Stops inviting until it is resumed. */
  public CampaignView pause(CampaignId campaignId) {
    Campaign campaign = locked(campaignId.value(), CampaignAction.PAUSE);
    campaign.become(CampaignState.PAUSED);
    return recorded(campaign, "campaign.pause", Map.of());
  }

  /**
   * Lets a paused or halted campaign go on where it was. After a halt its gates count anew from now
   * on, so that what halted it does not do so again; what fails again does.
   */
  public CampaignView resume(CampaignId campaignId) {
    Campaign campaign = locked(campaignId.value(), CampaignAction.RESUME);
    Long halt = campaign.haltedByReading();
    campaign.run(clock.instant());
    return recorded(
        campaign,
        "campaign.resume",
        halt == null ? Map.of() : Map.of("acknowledgedReading", halt.toString()));
  }

  /** Ends it: invitations stand, nobody new is invited. */
  public CampaignView complete(CampaignId campaignId) {
    Campaign campaign = locked(campaignId.value(), CampaignAction.COMPLETE);
    campaign.become(CampaignState.COMPLETED);
    return recorded(campaign, "campaign.complete", Map.of());
  }

  /** Ends it and takes the offer back from those who have not opted in. */
  public CampaignView cancel(CampaignId campaignId) {
    Campaign campaign = locked(campaignId.value(), CampaignAction.CANCEL);
    campaign.become(CampaignState.CANCELLED);
    Instant now = clock.instant();
    keepParticipants(campaignId.value(), now);
    int withdrawn = invitations.withdraw(campaignId.value(), now);
    return recorded(campaign, "campaign.cancel", Map.of("withdrawn", Integer.toString(withdrawn)));
  }

  /** Who had opted in by another offer before this campaign invited them has done so, too. */
  private void keepParticipants(long campaignId, Instant now) {
    List<Long> page = invitations.undecided(campaignId, 0);
    while (!page.isEmpty()) {
      invitations.keep(campaignId, participants.among(page), now);
      page = invitations.undecided(campaignId, page.getLast());
    }
  }

  private Campaign locked(long campaignId, CampaignAction action) {
    Campaign campaign = campaignReader.lock(campaignId);
    campaignReader.require(campaign, action);
    return campaign;
  }

  private CampaignView recorded(Campaign campaign, String action, Map<String, String> detail) {
    CampaignView view = campaignReader.view(campaign);
    trail.record(action, CampaignReader.object(campaign.campaignId()), detail);
    return view;
  }
}
