package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That no live snapshot needs an object: either snapshots that are held do, or nothing lists it and
 * it is doomed. An object without such a row is live, or was stored so lately that a snapshot may
 * still be on its way.
 */
@Entity
@Table(name = "idle_object")
public class IdleObject {

  @Id
  @Column(name = "object_id")
  private long objectId;

  @Column(name = "repository_id", updatable = false)
  private long repositoryId;

  @Column(name = "size_bytes", updatable = false)
  private long sizeBytes;

  @Column(name = "doomed_at")
  private @Nullable Instant doomedAt;

  /** For the persistence provider. */
  protected IdleObject() {}

  /** The object. */
  public long objectId() {
    return objectId;
  }
}
