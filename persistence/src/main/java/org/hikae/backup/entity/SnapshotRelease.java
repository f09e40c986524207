package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.hikae.backup.wire.ReleaseCause;
import org.hikae.backup.wire.ReleaseState;
import org.jspecify.annotations.Nullable;

/**
 * What became of a snapshot that was released by someone or dropped by a rule. Changes only while
 * the set is held. Life: WAITING, HELD, REMOVED; from the first two back to KEPT when a person
 * takes it back, and from there to HELD again. A removed snapshot stays removed.
 *
 * <p>Hold periods are in the time of {@link MaintenanceState}, not of the server's clock.
 */
@Entity(name = "SnapshotFate")
@Table(name = "snapshot_fate")
public class SnapshotRelease {

  @Id
  @Column(name = "snapshot_row")
  private long snapshotRow;

  @Column(name = "repository_id", updatable = false)
  private long repositoryId;

  @Enumerated(EnumType.STRING)
  @Column(name = "state")
  private ReleaseState state;

  @Enumerated(EnumType.STRING)
  @Column(name = "rule")
  private ReleaseCause rule;

  @Column(name = "device_id")
  private @Nullable String deviceId;

  @Column(name = "decided_at")
  private Instant decidedAt;

  @Column(name = "removed_at")
  private @Nullable Instant removedAt;

  @Column(name = "held_since")
  private @Nullable Instant heldSince;

  @Column(name = "held_until")
  private @Nullable Instant heldUntil;

  /** For the persistence provider. */
  protected SnapshotRelease() {}

  /** A snapshot that waits to be held. */
  public SnapshotRelease(Snapshot snapshot, Decision decision) {
    this.snapshotRow = snapshot.row();
    this.repositoryId = snapshot.repositoryId();
    this.state = ReleaseState.WAITING;
    take(decision);
  }

  /**
   * Who decided, and when.
   *
   * @param rule by what
   * @param deviceId which device, for {@link ReleaseCause#DEVICE}
   * @param at the server's clock
   */
  public record Decision(ReleaseCause rule, @Nullable String deviceId, Instant at) {}

  private void take(Decision decision) {
    this.rule = decision.rule();
    this.deviceId = decision.deviceId();
    this.decidedAt = decision.at();
  }

  /** Releases a snapshot that was taken back before. */
  public void release(Decision decision) {
    require(ReleaseState.KEPT);
    state = ReleaseState.WAITING;
    take(decision);
  }

  /** There is room: the hold period begins. */
  public void beginHoldPeriod(Instant now, Duration holdPeriod) {
    require(ReleaseState.WAITING);
    state = ReleaseState.HELD;
    heldSince = now;
    heldUntil = now.plus(holdPeriod);
  }

  /** The hold period is now this long, or stays what it was when that is longer. */
  public void extend(Duration holdPeriod) {
    require(ReleaseState.HELD);
    Instant longer = heldSince.plus(holdPeriod);
    if (longer.isAfter(heldUntil)) {
      heldUntil = longer;
    }
  }

  /** Whether the hold period is over at {@code now} of the clock of nightly maintenance. */
  public boolean over(Instant now) {
    return state == ReleaseState.HELD && !heldUntil.isAfter(now);
  }

  /** Takes it back: it is live again and no rule drops it any more. */
  public void takeBack(Decision decision) {
    if (!reversible()) {
      throw new IllegalStateException("only a released snapshot can be taken back");
    }
    state = ReleaseState.KEPT;
    heldSince = null;
    heldUntil = null;
    removedAt = null;
    take(decision);
  }

  /** It is gone, but for its stub. Of what was set aside the date stays that was told then. */
  public void remove(Instant at) {
    setAside(at);
    state = ReleaseState.REMOVED;
  }

  /**
   * It would be gone, and only a legal hold that its employee must not know of keeps it: it stays
   * held, and nobody but who runs the portal sees that.
   */
  public void setAside(Instant at) {
    require(ReleaseState.HELD);
    if (removedAt == null) {
      removedAt = at;
    }
  }

  /** Whether it was set aside and is still there. */
  public boolean isAside() {
    return state == ReleaseState.HELD && removedAt != null;
  }

  private void require(ReleaseState expected) {
    if (state != expected) {
      throw new IllegalStateException("the snapshot is " + state + ", not " + expected);
    }
  }

  /** Whether it was released and is still there. */
  public boolean reversible() {
    return state == ReleaseState.WAITING || state == ReleaseState.HELD;
  }

  /** Whether its list still counts as live. */
  public boolean live() {
    return state == ReleaseState.WAITING || state == ReleaseState.KEPT;
  }

  /** Whose release this is. */
  public long snapshotRow() {
    return snapshotRow;
  }

  /** What became of it. */
  public ReleaseState state() {
    return state;
  }

  /** By what. */
  public ReleaseCause rule() {
    return rule;
  }

  /** Which device, when one did it. */
  public @Nullable String deviceId() {
    return deviceId;
  }

  /** When it was decided, by the server's clock. */
  public Instant decidedAt() {
    return decidedAt;
  }

  /** When it was removed, or set aside, by the server's clock. */
  public @Nullable Instant removedAt() {
    return removedAt;
  }

  /** Until when it can be taken back, by the clock of nightly maintenance. */
  public @Nullable Instant heldUntil() {
    return heldUntil;
  }
}
