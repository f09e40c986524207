package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * The chain of one device's snapshots in one set (spec HK1-S-04). Locked while a snapshot is added;
 * it only ever moves forward by one.
 */
@Entity
@Table(name = "series")
public class Series {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "series_id")
  private Long id;

  @Column(name = "repository_id", updatable = false)
  private long repositoryId;

  @Column(name = "device_id", updatable = false)
  private String deviceId;

  @Column(name = "last_sequence")
  private long lastSequence;

  @Column(name = "last_stub")
  private String lastStub;

  @Column(name = "last_committed_at")
  private @Nullable Instant lastCommittedAt;

  /** For the persistence provider. */
  protected Series() {}

  /** A series without a snapshot. */
  public Series(long repositoryId, String deviceId) {
    this.repositoryId = repositoryId;
    this.deviceId = deviceId;
    this.lastSequence = 0;
    this.lastStub = Hash256.ZERO.hex();
  }

  /** The sequence of the newest snapshot, 0 when there is none. */
  public long lastSequence() {
    return lastSequence;
  }

  /** Stub hash of the newest snapshot, zeros when there is none. */
  public String lastStub() {
    return lastStub;
  }

  /** When the newest snapshot was committed. */
  public @Nullable Instant lastCommittedAt() {
    return lastCommittedAt;
  }

  /** Whether a snapshot with this place follows the newest one. */
  public boolean continuesWith(long sequence, Hash256 previous) {
    return sequence == lastSequence + 1 && previous.hex().equals(lastStub);
  }

  /** Moves on to a snapshot that {@link #continuesWith} this series. */
  public void advance(Snapshot snapshot) {
    if (snapshot.sequence() != lastSequence + 1 || !snapshot.previousStub().equals(lastStub)) {
      throw new IllegalArgumentException("the snapshot does not continue this series");
    }
    this.lastSequence = snapshot.sequence();
    this.lastStub = snapshot.stubHash();
    this.lastCommittedAt = snapshot.committedAt();
  }
}
