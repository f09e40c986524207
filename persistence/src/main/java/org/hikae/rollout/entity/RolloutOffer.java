package org.hikae.rollout.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The backup is offered to everyone in a group, or to everyone. */
@Entity
@Table(name = "rollout_offer")
public class RolloutOffer {

  /** Stands for everyone in place of a group path. */
  public static final String EVERYONE = "*";

  @Id
  @Column(name = "group_path")
  private String groupPath;

  @Column(name = "offered_at", updatable = false)
  private Instant offeredAt;

  @Column(name = "offered_by_issuer", updatable = false)
  private String offeredByIssuer;

  @Column(name = "offered_by_subject", updatable = false)
  private String offeredBySubject;

  /** For the persistence provider. */
  protected RolloutOffer() {}

  /** An offer made by the administrator (issuer, subject). */
  public RolloutOffer(
      String groupPath, Instant offeredAt, String offeredByIssuer, String offeredBySubject) {
    this.groupPath = groupPath;
    this.offeredAt = offeredAt;
    this.offeredByIssuer = offeredByIssuer;
    this.offeredBySubject = offeredBySubject;
  }

  /** Path of the group, or {@link #EVERYONE}. */
  public String groupPath() {
    return groupPath;
  }

  /** Since when. */
  public Instant offeredAt() {
    return offeredAt;
  }

  /** {@code sub} of the administrator who offered. */
  public String offeredBySubject() {
    return offeredBySubject;
  }
}
