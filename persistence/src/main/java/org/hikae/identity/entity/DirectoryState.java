package org.hikae.identity.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hikae.identity.value.DirectoryReadFailure;
import org.hikae.identity.value.DirectoryReadKind;
import org.hikae.identity.value.FullReadReason;
import org.hikae.schema.entity.LeasedState;
import org.jspecify.annotations.Nullable;

/** How the directory was read last, and who is reading it. */
@Entity
@Table(name = "directory_state")
public class DirectoryState extends LeasedState {

  @Column(name = "position_at")
  private @Nullable Instant positionAt;

  @Column(name = "full_at")
  private @Nullable Instant fullAt;

  @Column(name = "incremental_at")
  private @Nullable Instant incrementalAt;

  @Column(name = "success_at")
  private @Nullable Instant successAt;

  @Column(name = "failed_at")
  private @Nullable Instant failedAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "failure")
  private @Nullable DirectoryReadFailure failure;

  @Enumerated(EnumType.STRING)
  @Column(name = "last_kind")
  private @Nullable DirectoryReadKind lastKind;

  @Enumerated(EnumType.STRING)
  @Column(name = "full_because")
  private @Nullable FullReadReason fullBecause;

  @Column(name = "seen_count")
  private int seen;

  @Column(name = "added_count")
  private int added;

  @Column(name = "changed_count")
  private int changed;

  @Column(name = "left_count")
  private int left;

  /** For the persistence provider. */
  protected DirectoryState() {}

  /**
   * A run ended well.
   *
   * @param because why everybody was read although the changes would have done; null otherwise
   * @param position what Keycloak did before it is applied
   */
  public void succeed(
      DirectoryReadKind kind, @Nullable FullReadReason because, Instant position, Instant now) {
    lastKind = kind;
    fullBecause = because;
    positionAt = position;
    successAt = now;
    if (kind == DirectoryReadKind.FULL) {
      fullAt = now;
    } else {
      incrementalAt = now;
    }
  }

  /** What that run did. */
  public void count(int nowSeen, int nowAdded, int nowChanged, int nowLeft) {
    seen = nowSeen;
    added = nowAdded;
    changed = nowChanged;
    left = nowLeft;
  }

  /** The next run reads everybody. */
  public void forgetPosition() {
    positionAt = null;
  }

  /** A run failed. The position stays: the next one goes on from there. */
  public void fail(DirectoryReadFailure why, Instant now) {
    failure = why;
    failedAt = now;
  }

  /** What Keycloak did before it is applied; null before the first full read. */
  public @Nullable Instant positionAt() {
    return positionAt;
  }

  /** When everybody was last read. */
  public @Nullable Instant fullAt() {
    return fullAt;
  }

  /** When only changes were last read. */
  public @Nullable Instant incrementalAt() {
    return incrementalAt;
  }

  /** When a run last ended well. */
  public @Nullable Instant successAt() {
    return successAt;
  }

  /** When a run last failed. */
  public @Nullable Instant failedAt() {
    return failedAt;
  }

  /** Why it failed. */
  public @Nullable DirectoryReadFailure failure() {
    return failure;
  }

  /** What the last run that ended well read. */
  public @Nullable DirectoryReadKind lastKind() {
    return lastKind;
  }

  /** Why it read everybody although the changes would have done. */
  public @Nullable FullReadReason fullBecause() {
    return fullBecause;
  }

  /** People it read. */
  public int seen() {
    return seen;
  }

  /** Of them new. */
  public int added() {
    return added;
  }

  /** Of them with another name, mail, group or an account that is enabled again. */
  public int changed() {
    return changed;
  }

  /** People it marked as leavers. */
  public int left() {
    return left;
  }
}
