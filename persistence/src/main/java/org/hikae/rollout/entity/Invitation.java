package org.hikae.rollout.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A campaign invited an employee: once, by the database's word. */
@Entity
@Table(name = "rollout_invitation")
public class Invitation {

  /** Which campaign and whom. */
  @Embeddable
  public record Key(
      @Column(name = "campaign_id") long campaignId,
      @Column(name = "employee_id") long employeeId) {}

  @EmbeddedId private Key key;

  @Column(name = "wave_id", updatable = false)
  private long waveId;

  @Column(name = "invited_at", updatable = false)
  private Instant invitedAt;

  @Column(name = "seen_at")
  private @Nullable Instant seenAt;

  @Column(name = "opted_in_at")
  private @Nullable Instant optedInAt;

  @Column(name = "withdrawn_at")
  private @Nullable Instant withdrawnAt;

  /** For the persistence provider: rows are made by the database itself. */
  protected Invitation() {}

  /** Whom. */
  public long employeeId() {
    return key.employeeId();
  }

  /** By which wave. */
  public long waveId() {
    return waveId;
  }

  /** When. */
  public Instant invitedAt() {
    return invitedAt;
  }

  /** Whether it stands. */
  public boolean stands() {
    return withdrawnAt == null;
  }

  /** Whether they were told of it. */
  public boolean seen() {
    return seenAt != null;
  }

  /** Whether they opted in since. */
  public boolean optedIn() {
    return optedInAt != null;
  }
}
