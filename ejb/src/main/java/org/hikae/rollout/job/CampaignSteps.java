package org.hikae.rollout.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.audit.service.AuditTrail;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.rollout.control.CampaignActionRules;
import org.hikae.rollout.entity.Campaign;
import org.hikae.rollout.entity.GateReading;
import org.hikae.rollout.entity.Wave;
import org.hikae.rollout.service.CampaignReader;
import org.hikae.rollout.service.WaveStartRules;
import org.hikae.rollout.service.WaveWaitReader;
import org.hikae.rollout.store.CampaignStore;
import org.hikae.rollout.store.InvitationStore;
import org.hikae.rollout.value.SoakRule;
import org.hikae.rollout.view.WaveWait;

/**
 * One step of a campaign in a transaction of its own, under a lock on the campaign: look at the
 * gates, then invite a batch of those in the audience of begun waves who have no invitation yet, or
 * begin the next wave. What is done is what the rows say, so a step can be cut off, repeated, or
 * taken by another node.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class CampaignSteps {

  /** Most people invited in one transaction. */
  public static final int BATCH = 1000;

  /** How long gates may go unread while nobody is to be invited: to read them takes a while. */
  private static final Duration GATES_READ_EVERY = Duration.ofSeconds(30);

  private static final String PART = "rollout";

  @Inject private CampaignStore campaigns;
  @Inject private InvitationStore invitations;
  @Inject private CampaignGateCheck gates;
  @Inject private WaveWaitReader waveWaits;
  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;
  @Inject private Clock clock;

  /** Identifiers of campaigns that invite now. */
  public List<Long> running() {
    return campaigns.running();
  }

  /** Takes one step; returns whether another one would find something to do. */
  public boolean step(long campaignId) {
    Optional<Campaign> held = campaigns.lock(campaignId);
    if (held.isEmpty() || !CampaignActionRules.invites(held.get().state())) {
      return false;
    }
    Campaign campaign = held.get();
    List<Wave> waves = campaigns.waves(campaignId);
    Instant now = clock.instant();
    // Gates are looked at before anything is done, and so is how the people of a wave fare.
    boolean looks =
        campaign.gatesUnreadSince(now.minus(GATES_READ_EVERY))
            || beginsUnwatched(waves, now)
            || anyLeft(waves);
    if (looks) {
      campaign.gatesRead(now);
      Optional<GateReading> halt = gates.exceeded(campaign, waves, now);
      if (halt.isPresent()) {
        halt(campaign, halt.get());
        return false;
      }
    }
    return invite(waves, now) || (looks && begin(campaign, waves, now));
  }

  private boolean anyLeft(List<Wave> waves) {
    return waves.stream().filter(Wave::begun).anyMatch(invitations::anyLeft);
  }

  /** Whether a wave's time has come that asks nothing of the one before. */
  private static boolean beginsUnwatched(List<Wave> waves, Instant now) {
    return WaveStartRules.next(waves)
        .filter(wave -> wave.due(now) && wave.soak().equals(SoakRule.NONE))
        .isPresent();
  }

  /** Whether there may be more people to invite. */
  private boolean invite(List<Wave> waves, Instant now) {
    int room = BATCH;
    for (Wave wave : waves) {
      if (!wave.begun()) {
        break;
      }
      room -= invitations.invite(wave, now, room);
      if (room == 0) {
        return true;
      }
      wave.whollyInvited(now);
    }
    return false;
  }

  /** Whether a wave began. */
  private boolean begin(Campaign campaign, List<Wave> waves, Instant now) {
    Optional<WaveWait> wait = waveWaits.next(waves, now).filter(WaveWait::isOver);
    Optional<Wave> next = WaveStartRules.next(waves);
    if (wait.isEmpty() || next.isEmpty()) {
      return false;
    }
    next.get().begin(now);
    trail.recordSystem(
        PART,
        "campaign.wave-start",
        CampaignReader.object(campaign.campaignId()),
        started(next.get(), wait.get()));
    return true;
  }

  private static Map<String, String> started(Wave wave, WaveWait seen) {
    String number = Integer.toString(wave.number());
    return seen.soaking() == null
        ? Map.of("wave", number)
        : Map.of(
            "wave", number,
            "soaked", seen.soaking().toString(),
            "observed", Long.toString(seen.observed()),
            "healthy", Long.toString(seen.healthy()));
  }

  private void halt(Campaign campaign, GateReading reading) {
    campaign.halt(reading.readingId());
    Map<String, String> detail =
        Map.of(
            "campaign", Long.toString(campaign.campaignId()),
            "wave", Long.toString(reading.waveId()),
            "gate", reading.gate().name(),
            "failing", Long.toString(reading.failing()),
            "observed", Long.toString(reading.observed()),
            "maxPercent", Integer.toString(reading.limit().maxPercent()));
    outbox.tellAdmins(NoticeKind.CAMPAIGN_HALTED, detail);
    trail.recordSystem(PART, "campaign.halt", CampaignReader.object(campaign.campaignId()), detail);
  }
}
