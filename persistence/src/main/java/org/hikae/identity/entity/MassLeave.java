package org.hikae.identity.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hikae.identity.value.MassLeaveState;
import org.jspecify.annotations.Nullable;

/**
 * A read found more leavers than is plausible. Its people never change, so that who decides about
 * its number decides about those they saw.
 */
@Entity
@Table(name = "mass_leave")
public class MassLeave {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "finding_id")
  private Long findingId;

  @Column(name = "issuer", updatable = false)
  private String issuer;

  @Column(name = "found_at", updatable = false)
  private Instant foundAt;

  @Column(name = "open_of")
  private @Nullable Integer openOf;

  @Enumerated(EnumType.STRING)
  @Column(name = "state")
  private MassLeaveState state;

  @Column(name = "leaver_count", updatable = false)
  private int leavers;

  @Column(name = "enabled_count", updatable = false)
  private int enabled;

  @Column(name = "decided_at")
  private @Nullable Instant decidedAt;

  @Column(name = "decided_by_issuer")
  private @Nullable String decidedByIssuer;

  @Column(name = "decided_by_subject")
  private @Nullable String decidedBySubject;

  /** For the persistence provider. */
  protected MassLeave() {}

  /**
   * One that waits for an administrator.
   *
   * @param leavers people who would be marked
   * @param enabled people with an enabled account before
   */
  public MassLeave(String issuer, Instant foundAt, int leavers, int enabled) {
    this.issuer = issuer;
    this.foundAt = foundAt;
    this.openOf = 1;
    this.state = MassLeaveState.OPEN;
    this.leavers = leavers;
    this.enabled = enabled;
  }

  /** An administrator decided. */
  public void decide(MassLeaveState decision, String byIssuer, String bySubject, Instant now) {
    state = decision;
    openOf = null;
    decidedByIssuer = byIssuer;
    decidedBySubject = bySubject;
    decidedAt = now;
  }

  /** Others, or fewer, were found. */
  public void replace() {
    state = MassLeaveState.REPLACED;
    openOf = null;
  }

  /** Its number. */
  public long findingId() {
    return findingId;
  }

  /** The realm. */
  public String issuer() {
    return issuer;
  }

  /** When it was found. */
  public Instant foundAt() {
    return foundAt;
  }

  /** Where it stands. */
  public MassLeaveState state() {
    return state;
  }

  /** People who would be marked. */
  public int leavers() {
    return leavers;
  }

  /** People with an enabled account before. */
  public int enabled() {
    return enabled;
  }

  /** When an administrator decided. */
  public @Nullable Instant decidedAt() {
    return decidedAt;
  }
}
