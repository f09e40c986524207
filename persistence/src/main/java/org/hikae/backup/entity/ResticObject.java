package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hikae.backup.wire.ResticType;
import org.jspecify.annotations.Nullable;

/**
 * As what restic knows a stored object. It is there for restic until it is released, and again when
 * it is revived; the first arrival and the last release and revival are kept here, and earlier ones
 * as {@link ResticObjectPeriod}. It goes with the stored object when the hold period is over.
 */
@Entity
@Table(name = "restic_object")
public class ResticObject {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "restic_object_id")
  private Long id;

  @Column(name = "repository_id", updatable = false)
  private long repositoryId;

  @Enumerated(EnumType.STRING)
  @Column(name = "type", updatable = false)
  private ResticType type;

  @Column(name = "object_id", updatable = false)
  private long objectId;

  @Column(name = "released")
  private boolean released;

  @Column(name = "stored_at", updatable = false)
  private Instant storedAt;

  @Column(name = "released_at")
  private @Nullable Instant releasedAt;

  @Column(name = "revived_at")
  private @Nullable Instant revivedAt;

  /** For the persistence provider. */
  protected ResticObject() {}

  /** A stored object of the repository that restic has sent as this type. */
  public ResticObject(long repositoryId, ResticType type, long objectId, Instant storedAt) {
    this.repositoryId = repositoryId;
    this.type = type;
    this.objectId = objectId;
    this.storedAt = storedAt;
  }

  /** From now on restic does not have it any more. */
  public void release(Instant now) {
    if (released) {
      throw new IllegalStateException("What is released is not released again");
    }
    released = true;
    releasedAt = now;
  }

  /**
   * From now on restic has it again.
   *
   * @return when restic had it before, to be kept
   */
  public ResticObjectPeriod revive(Instant now) {
    if (!released || releasedAt == null) {
      throw new IllegalStateException("Only what is released is revived");
    }
    ResticObjectPeriod past =
        new ResticObjectPeriod(id, revivedAt == null ? storedAt : revivedAt, releasedAt);
    released = false;
    revivedAt = now;
    return past;
  }

  /** Whether restic does not have it any more. */
  public boolean isReleased() {
    return released;
  }

  /** The number other rows refer to. */
  public long id() {
    return id;
  }

  /** The stored object. */
  public long objectId() {
    return objectId;
  }

  /** When it first came. */
  public Instant storedAt() {
    return storedAt;
  }

  /** When it was last released, if ever. */
  public @Nullable Instant releasedAt() {
    return releasedAt;
  }

  /** When it was last revived, if ever. */
  public @Nullable Instant revivedAt() {
    return revivedAt;
  }
}
