package org.hikae.rollout.entity;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.hikae.rollout.value.Audience;
import org.hikae.rollout.value.AudienceKind;
import org.hikae.rollout.value.SoakRule;
import org.jspecify.annotations.Nullable;

/**
 * A wave of a campaign. Once it has begun, everybody in its audience is invited, also who joins it
 * later; whoever was invited stays so, whatever becomes of the wave.
 */
@Entity
@Table(name = "rollout_wave")
public class Wave {

  /** Most groups of a wave. */
  public static final int MAX_GROUPS = 100;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "wave_id")
  private Long waveId;

  @Column(name = "campaign_id", updatable = false)
  private long campaignId;

  @Column(name = "number", updatable = false)
  private int number;

  @Column(name = "name")
  private String name;

  @Enumerated(EnumType.STRING)
  @Column(name = "audience")
  private AudienceKind audience;

  @Column(name = "percent")
  private @Nullable Integer percent;

  @Column(name = "starts_at")
  private @Nullable Instant startsAt;

  @Column(name = "began_at")
  private @Nullable Instant beganAt;

  @Column(name = "soak_days")
  private int soakDays;

  @Column(name = "min_healthy_percent")
  private int minHealthyPercent;

  @Column(name = "min_observed")
  private int minObserved;

  @Column(name = "invited_at")
  private @Nullable Instant invitedAt;

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(name = "rollout_wave_group", joinColumns = @JoinColumn(name = "wave_id"))
  @Column(name = "group_path")
  private Set<String> groups = new HashSet<>();

  /** For the persistence provider. */
  protected Wave() {}

  /** The wave with this number of a campaign. */
  public Wave(Campaign campaign, int number) {
    this.campaignId = campaign.campaignId();
    this.number = number;
  }

  /** Says what it is called and when it may begin, at the earliest. */
  public void describe(String newName, @Nullable Instant newStart) {
    name = newName;
    startsAt = newStart;
  }

  /** Says what has to be seen of the wave before, until this one may begin. */
  public void soakBefore(SoakRule rule) {
    soakDays = rule.days();
    minHealthyPercent = rule.minHealthyPercent();
    minObserved = rule.minObserved();
  }

  /** Is for members of these groups. */
  public void toGroups(Set<String> paths) {
    if (audience != AudienceKind.GROUPS || !groups.equals(paths)) {
      become(AudienceKind.GROUPS, null, paths);
    }
  }

  /** Is for so many percent of everybody. */
  public void toPercent(int share) {
    if (audience != AudienceKind.PERCENT || !Integer.valueOf(share).equals(percent)) {
      become(AudienceKind.PERCENT, share, Set.of());
    }
  }

  /** Is for those on its list, which may be a new one. */
  public void toList() {
    become(AudienceKind.LIST, null, Set.of());
  }

  private void become(AudienceKind kind, @Nullable Integer share, Set<String> paths) {
    audience = kind;
    percent = share;
    groups.retainAll(paths);
    groups.addAll(paths);
    // Whoever is new in it has yet to be invited, and has to soak, before the next wave begins.
    invitedAt = null;
  }

  /** Starts inviting. */
  public void begin(Instant at) {
    beganAt = at;
  }

  /** Everybody of it is invited. */
  public void whollyInvited(Instant at) {
    if (invitedAt == null) {
      invitedAt = at;
    }
  }

  /** Whether its time has come, if it has one. */
  public boolean due(Instant now) {
    return startsAt == null || !now.isBefore(startsAt);
  }

  /** Whether it invites. */
  public boolean begun() {
    return beganAt != null;
  }

  /** Whom it is for. */
  public Audience audience() {
    return switch (audience) {
      case GROUPS -> new Audience.Groups(Set.copyOf(groups));
      case LIST -> new Audience.Listed(waveId);
      case PERCENT -> new Audience.Percent(campaignId, percent == null ? 0 : percent);
    };
  }

  /** What has to be seen of the wave before, until this one may begin. */
  public SoakRule soak() {
    return new SoakRule(soakDays, minHealthyPercent, minObserved);
  }

  /** Identifier. */
  public long waveId() {
    return waveId;
  }

  /** Which campaign. */
  public long campaignId() {
    return campaignId;
  }

  /** Its place in the order, from 1. */
  public int number() {
    return number;
  }

  /** What people call it. */
  public String name() {
    return name;
  }

  /** How it says whom it is for. */
  public AudienceKind kind() {
    return audience;
  }

  /** Share of everybody, for {@link AudienceKind#PERCENT}. */
  public @Nullable Integer percent() {
    return percent;
  }

  /** Groups, for {@link AudienceKind#GROUPS}. */
  public Set<String> groups() {
    return Set.copyOf(groups);
  }

  /** Not before this time, if there is one. */
  public @Nullable Instant startsAt() {
    return startsAt;
  }

  /** When it began. */
  public @Nullable Instant beganAt() {
    return beganAt;
  }

  /** When everybody of it was invited. */
  public @Nullable Instant invitedAt() {
    return invitedAt;
  }
}
