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
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.MapKeyEnumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.hikae.rollout.value.CampaignState;
import org.hikae.rollout.value.GateKind;
import org.jspecify.annotations.Nullable;

/**
 * A campaign offers the backup wave after wave; {@link CampaignState} says where it may go. Whoever
 * changes it or invites for it holds its row. The edition grows with every edit by a person and
 * with every change of state, so that whoever was overtaken meanwhile is told.
 */
@Entity
@Table(name = "rollout_campaign")
public class Campaign {

  /** Longest name, in characters. */
  public static final int MAX_NAME_CHARS = 100;

  /** Longest description, in characters. */
  public static final int MAX_DESCRIPTION_CHARS = 1000;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "campaign_id")
  private Long campaignId;

  @Column(name = "name")
  private String name;

  @Column(name = "description")
  private @Nullable String description;

  @Enumerated(EnumType.STRING)
  @Column(name = "state")
  private CampaignState state;

  @Column(name = "edition")
  private long edition;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  @Column(name = "created_by_issuer", updatable = false)
  private String createdByIssuer;

  @Column(name = "created_by_subject", updatable = false)
  private String createdBySubject;

  @Column(name = "observed_since")
  private @Nullable Instant observedSince;

  @Column(name = "gates_read_at")
  private @Nullable Instant gatesReadAt;

  @Column(name = "halted_by_reading")
  private @Nullable Long haltedByReading;

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(name = "rollout_gate", joinColumns = @JoinColumn(name = "campaign_id"))
  @MapKeyColumn(name = "gate")
  @MapKeyEnumerated(EnumType.STRING)
  private Map<GateKind, Gate> gates = new HashMap<>();

  /** For the persistence provider. */
  protected Campaign() {}

  /** A draft by the administrator (issuer, subject). */
  public Campaign(String issuer, String subject, Instant createdAt) {
    this.createdByIssuer = issuer;
    this.createdBySubject = subject;
    this.createdAt = createdAt;
    this.state = CampaignState.DRAFT;
    this.edition = 1;
  }

  /** Says what it is called and what may halt it. */
  public void describe(
      String newName, @Nullable String newDescription, Map<GateKind, Gate> newGates) {
    name = newName;
    description = newDescription;
    gates.keySet().retainAll(newGates.keySet());
    gates.putAll(newGates);
  }

  /** A person changed it or its waves. */
  public void edited() {
    edition++;
  }

  /** A person starts it, or lets it go on. After a halt, gates count anew from now on. */
  public void run(Instant at) {
    boolean anew = state != CampaignState.PAUSED;
    become(CampaignState.RUNNING);
    if (anew) {
      observedSince = at;
      haltedByReading = null;
    }
  }

  /** Its gates are looked at. */
  public void gatesRead(Instant at) {
    gatesReadAt = at;
  }

  /** Whether its gates were not looked at after {@code limit}. */
  public boolean gatesUnreadSince(Instant limit) {
    return gatesReadAt == null || gatesReadAt.isBefore(limit);
  }

  /** One of its gates stops it. */
  public void halt(long readingId) {
    become(CampaignState.HALTED);
    haltedByReading = readingId;
  }

  /** Goes to a state that needs no more than its name. */
  public void become(CampaignState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException("A campaign cannot go from " + state + " to " + next);
    }
    state = next;
    edition++;
  }

  /** Identifier. */
  public long campaignId() {
    return campaignId;
  }

  /** What people call it. */
  public String name() {
    return name;
  }

  /** What it is for. */
  public @Nullable String description() {
    return description;
  }

  /** Where it stands. */
  public CampaignState state() {
    return state;
  }

  /** Number of its last edit or change of state. */
  public long edition() {
    return edition;
  }

  /** When it was made. */
  public Instant createdAt() {
    return createdAt;
  }

  /** {@code sub} of who made it. */
  public String createdBySubject() {
    return createdBySubject;
  }

  /** From when on its gates count; null before it was started. */
  public @Nullable Instant observedSince() {
    return observedSince;
  }

  /** The reading that halted it; null when none did or it was resumed since. */
  public @Nullable Long haltedByReading() {
    return haltedByReading;
  }

  /** What may halt it. */
  public Map<GateKind, Gate> gates() {
    return Map.copyOf(gates);
  }
}
