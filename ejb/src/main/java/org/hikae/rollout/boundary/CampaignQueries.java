package org.hikae.rollout.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.PlainTextCheck;
import org.hikae.problem.control.Refusal;
import org.hikae.rollout.entity.Campaign;
import org.hikae.rollout.entity.GateReading;
import org.hikae.rollout.service.AudienceCountCache;
import org.hikae.rollout.service.CampaignReader;
import org.hikae.rollout.service.CampaignRequestParser;
import org.hikae.rollout.service.WaveWaitReader;
import org.hikae.rollout.store.AudienceStore;
import org.hikae.rollout.store.CampaignStore;
import org.hikae.rollout.value.Audience;
import org.hikae.rollout.value.CampaignId;
import org.hikae.rollout.value.CampaignState;
import org.hikae.rollout.value.GateReadingId;
import org.hikae.rollout.value.RolloutBucket;
import org.hikae.rollout.value.WaveId;
import org.hikae.rollout.view.AudiencePreview;
import org.hikae.rollout.view.CampaignPage;
import org.hikae.rollout.view.CampaignView;
import org.hikae.rollout.view.GateReadingPage;
import org.hikae.rollout.view.ListChange;
import org.hikae.rollout.view.PreviewAudience;
import org.hikae.rollout.view.WaveWait;
import org.hikae.schema.value.RowId;
import org.jspecify.annotations.Nullable;

/** Shows campaigns, who would be in a wave, and what gates saw. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class CampaignQueries {

  /** Most campaigns, readings or people on a page. */
  public static final int MAX_PAGE = 200;

  /** Longest text to look for, in characters. */
  public static final int MAX_TEXT_CHARS = 100;

  @Inject private CampaignStore campaigns;
  @Inject private AudienceStore audiences;
  @Inject private CampaignReader campaignReader;
  @Inject private AudienceCountCache audienceCounts;
  @Inject private WaveWaitReader waveWaits;
  @Inject private Clock clock;

  /**
   * Campaigns, newest first.
   *
   * @param before campaigns before this one; null for the newest
   * @param state only those in this state; null for all
   * @param asked how many, at most {@link #MAX_PAGE}
   */
  public CampaignPage list(
      @Nullable CampaignId before, @Nullable CampaignState state, PageRequest asked) {
    int limit = asked.within(MAX_PAGE);
    List<Campaign> found = campaigns.newestBefore(RowId.before(before), state, limit);
    return new CampaignPage(
        found.stream().map(CampaignQueries::entry).toList(),
        found.size() < limit ? null : (Long) found.getLast().campaignId());
  }

  private static CampaignPage.Entry entry(Campaign campaign) {
    return new CampaignPage.Entry(
        campaign.campaignId(),
        campaign.edition(),
        campaign.name(),
        campaign.state(),
        campaign.createdAt());
  }

  /** A campaign with its waves. */
  public CampaignView campaign(CampaignId campaignId) {
    return campaignReader.view(campaignReader.find(campaignId.value()));
  }

  /**
   * What gates saw, newest first.
   *
   * @param before readings before this one; null for the newest
   * @param asked how many, at most {@link #MAX_PAGE}
   */
  public GateReadingPage readings(
      CampaignId campaignId, @Nullable GateReadingId before, PageRequest asked) {
    int limit = asked.within(MAX_PAGE);
    Campaign campaign = campaignReader.find(campaignId.value());
    List<GateReading> found =
        campaigns.readingsBefore(campaign.campaignId(), RowId.before(before), limit);
    return new GateReadingPage(
        found.stream().map(CampaignReader::view).toList(),
        found.size() < limit ? null : (Long) found.getLast().readingId());
  }

  /**
   * Who would be in a wave of this campaign; saves nothing.
   *
   * @param after people after this one in the order of names; null from the first
   * @param asked how many, at most {@link #MAX_PAGE}
   */
  public AudiencePreview preview(
      CampaignId campaignId,
      PreviewAudience wanted,
      @Nullable EmployeeId after,
      PageRequest asked) {
    int limit = asked.within(MAX_PAGE);
    Audience audience = audience(campaignReader.find(campaignId.value()), wanted);
    return preview(audience, after, limit, counts(campaignId.value(), audience));
  }

  /**
   * The same for who looks at a page of it: of a large audience the counts may be some seconds old,
   * so that it is counted once for all who look.
   *
   * @param after people after this one in the order of names; null from the first
   * @param asked how many, at most {@link #MAX_PAGE}
   */
  public AudiencePreview shown(
      CampaignId campaignId,
      PreviewAudience wanted,
      @Nullable EmployeeId after,
      PageRequest asked) {
    int limit = asked.within(MAX_PAGE);
    Audience audience = audience(campaignReader.find(campaignId.value()), wanted);
    return preview(
        audience,
        after,
        limit,
        audienceCounts.of(
            campaignId.value(), audience, () -> counts(campaignId.value(), audience)));
  }

  /**
   * Who would be on the list of a wave of this campaign; saves nothing.
   *
   * @param waveId the wave as it stands; null for a new one
   * @param people who joins or leaves it
   * @param after people after this one in the order of names; null from the first
   * @param asked how many, at most {@link #MAX_PAGE}
   */
  public AudiencePreview picked(
      CampaignId campaignId,
      @Nullable WaveId waveId,
      ListChange people,
      @Nullable EmployeeId after,
      PageRequest asked) {
    int limit = asked.within(MAX_PAGE);
    CampaignRequestParser.check(people);
    Campaign campaign = campaignReader.find(campaignId.value());
    long list =
        waveId == null ? 0 : campaignReader.wave(campaign.campaignId(), waveId.value()).waveId();
    Audience audience = new Audience.Picked(list, people.addedIds(), people.removedIds());
    return preview(audience, after, limit, counts(campaign.campaignId(), audience));
  }

  /**
   * Employees who can be picked: their name, user name or mail has this text, in any case.
   *
   * @param text at most {@link #MAX_TEXT_CHARS} characters; nobody is called by none
   * @param asked how many, at most {@link #MAX_PAGE}
   */
  public List<AudiencePreview.Someone> named(String text, PageRequest asked) {
    String sought = PlainTextCheck.line("text", text.strip(), MAX_TEXT_CHARS);
    int limit = asked.within(MAX_PAGE);
    return sought.isEmpty()
        ? List.of()
        : audiences.named(sought, limit).stream().map(CampaignQueries::someone).toList();
  }

  /** The first people of a wave by their names, as it stands. */
  public List<AudiencePreview.Someone> first(
      CampaignId campaignId, WaveId waveId, PageRequest asked) {
    int limit = asked.within(MAX_PAGE);
    Audience audience = campaignReader.wave(campaignId.value(), waveId.value()).audience();
    return audiences.page(audience, null, limit).stream().map(CampaignQueries::someone).toList();
  }

  /** How many would be in a wave of this campaign. */
  public long people(CampaignId campaignId, PreviewAudience wanted) {
    return audiences.count(audience(campaignReader.find(campaignId.value()), wanted));
  }

  /**
   * What the wave waits for that begins next, some seconds old at most where that is costly; empty
   * when every wave has begun, and for a campaign that is over.
   */
  public Optional<WaveWait> waits(CampaignId campaignId) {
    Campaign campaign = campaignReader.find(campaignId.value());
    return campaign.state().isOpen()
        ? waveWaits.shown(campaignId.value(), campaigns.waves(campaignId.value()), clock.instant())
        : Optional.empty();
  }

  /** The largest groups of everybody whose account is enabled, with how many are in each. */
  public List<AudiencePreview.Group> groups() {
    return audienceCounts
        .groups(() -> audiences.groups(new Audience.Percent(0, RolloutBucket.PLACES)))
        .stream()
        .map(CampaignQueries::group)
        .toList();
  }

  private AudiencePreview preview(
      Audience audience, @Nullable EmployeeId after, int limit, AudienceCountCache.Counts counts) {
    List<AudiencePreview.Someone> page =
        audiences.page(audience, RowId.before(after), limit).stream()
            .map(CampaignQueries::someone)
            .toList();
    return new AudiencePreview(
        counts.people(),
        counts.invited(),
        counts.groups().stream().map(CampaignQueries::group).toList(),
        page,
        page.size() < limit ? null : (Long) page.getLast().employeeId());
  }

  private static AudiencePreview.Group group(AudienceStore.GroupCount count) {
    return new AudiencePreview.Group(count.groupPath(), count.people());
  }

  private static AudiencePreview.Someone someone(AudienceStore.AudienceMember someone) {
    return new AudiencePreview.Someone(
        someone.employeeId(), someone.displayName(), someone.username());
  }

  private AudienceCountCache.Counts counts(long campaignId, Audience audience) {
    return new AudienceCountCache.Counts(
        audiences.count(audience),
        audiences.countInvited(audience, campaignId),
        audiences.groups(audience));
  }

  private Audience audience(Campaign campaign, PreviewAudience wanted) {
    long given =
        Stream.of(wanted.groups() != null, wanted.percent() != null, wanted.waveId() != null)
            .filter(is -> is)
            .count();
    if (given != 1) {
      throw Refusal.malformed("Exactly one of groups, percent and waveId must be there.");
    }
    if (wanted.groups() != null) {
      return new Audience.Groups(CampaignRequestParser.groups(wanted.groups()));
    }
    return wanted.percent() != null
        ? new Audience.Percent(
            campaign.campaignId(), CampaignRequestParser.percent(wanted.percent()))
        : campaignReader
            .wave(campaign.campaignId(), wanted.waveId() == null ? 0 : wanted.waveId())
            .audience();
  }
}
