package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * A time during which restic had an object that it released later, and that came back after that.
 * It never changes, and goes with the object.
 */
@Entity(name = "ResticPast")
@Table(name = "restic_past")
public class ResticObjectPeriod {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "restic_past_id")
  private Long id;

  @Column(name = "restic_object_id", updatable = false)
  private long resticObjectId;

  @Column(name = "since", updatable = false)
  private Instant since;

  @Column(name = "released_at", updatable = false)
  private Instant releasedAt;

  /** For the persistence provider. */
  protected ResticObjectPeriod() {}

  /** Restic had an object from one time until another. */
  ResticObjectPeriod(long resticObjectId, Instant since, Instant releasedAt) {
    this.resticObjectId = resticObjectId;
    this.since = since;
    this.releasedAt = releasedAt;
  }
}
