package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hikae.backup.value.RotKind;
import org.jspecify.annotations.Nullable;

/**
 * That scrubbing found an object's bytes to be other than its name says. Open until the bytes are
 * the right ones again; an object that rots once more opens it anew.
 */
@Entity
@Table(name = "rotten_object")
public class RottenObject {

  @Id
  @Column(name = "object_id")
  private long objectId;

  @Column(name = "repository_id", updatable = false)
  private long repositoryId;

  @Enumerated(EnumType.STRING)
  @Column(name = "kind")
  private RotKind kind;

  @Column(name = "found_at")
  private Instant foundAt;

  @Column(name = "healed_at")
  private @Nullable Instant healedAt;

  /** For the persistence provider. */
  protected RottenObject() {}

  /** A finding. */
  public RottenObject(long objectId, long repositoryId, RotKind kind, Instant foundAt) {
    this.objectId = objectId;
    this.repositoryId = repositoryId;
    this.kind = kind;
    this.foundAt = foundAt;
  }

  /** Whether the bytes are still wrong, as far as is known. */
  public boolean isOpen() {
    return healedAt == null;
  }

  /** Whether right bytes came since {@code instant}: what was read before says nothing any more. */
  public boolean healedSince(Instant instant) {
    return healedAt != null && !healedAt.isBefore(instant);
  }

  /** The bytes are the right ones again. */
  public void heal(Instant now) {
    healedAt = now;
  }

  /** They were right, and are not any more. */
  public void reopen(RotKind found, Instant now) {
    kind = found;
    foundAt = now;
    healedAt = null;
  }

  /** The object. */
  public long objectId() {
    return objectId;
  }

  /** What is wrong. */
  public RotKind kind() {
    return kind;
  }

  /** When it was found. */
  public Instant foundAt() {
    return foundAt;
  }

  /** When right bytes came; null as long as they have not. */
  public @Nullable Instant healedAt() {
    return healedAt;
  }
}
