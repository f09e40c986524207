package org.hikae.lifecycle.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hikae.lifecycle.value.LeaverState;
import org.jspecify.annotations.Nullable;

/**
 * An employee whose account is disabled or gone, and what is done with their data. Whoever changes
 * it holds the employee.
 */
@Entity
@Table(name = "leaver")
public class Leaver {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "leaver_id")
  private Long id;

  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Column(name = "current_of")
  private @Nullable Long currentOf;

  @Enumerated(EnumType.STRING)
  @Column(name = "state")
  private LeaverState state;

  @Column(name = "found_at", updatable = false)
  private Instant foundAt;

  @Column(name = "ended_at")
  private @Nullable Instant endedAt;

  @Column(name = "kept_from", updatable = false)
  private Instant keptFrom;

  @Column(name = "due_kept")
  private Instant dueKept;

  @Column(name = "looked_kept")
  private Instant lookedKept;

  @Column(name = "erasure_id")
  private @Nullable Long erasureId;

  /** For the persistence provider. */
  protected Leaver() {}

  /**
   * Keeping begins.
   *
   * @param foundAt the server's clock
   * @param keptFrom the clock of nightly maintenance
   * @param dueKept until when it lasts, by that clock
   */
  public Leaver(long employeeId, Instant foundAt, Instant keptFrom, Instant dueKept) {
    this.employeeId = employeeId;
    this.currentOf = employeeId;
    this.state = LeaverState.KEPT;
    this.foundAt = foundAt;
    this.keptFrom = keptFrom;
    this.dueKept = dueKept;
    this.lookedKept = keptFrom;
  }

  /** The policy was looked at: keeping lasts until then. */
  public void keepUntil(Instant due, Instant kept) {
    require(LeaverState.KEPT);
    dueKept = due;
    lookedKept = kept;
  }

  /** The data will be destroyed by this erasure. */
  public void delete(long byErasure) {
    require(LeaverState.KEPT);
    state = LeaverState.DELETING;
    erasureId = byErasure;
  }

  /** Nothing is left. */
  public void end(Instant now) {
    state = LeaverState.DELETED;
    endedAt = now;
  }

  /** The employee is back. */
  public void comeBack(Instant now) {
    state = LeaverState.RETURNED;
    endedAt = now;
    currentOf = null;
  }

  private void require(LeaverState expected) {
    if (state != expected) {
      throw new IllegalStateException("The leaver is " + state + ", not " + expected + ".");
    }
  }

  /** Who. */
  public long employeeId() {
    return employeeId;
  }

  /** Where it stands. */
  public LeaverState state() {
    return state;
  }

  /** When keeping began, by the clock of nightly maintenance. */
  public Instant keptFrom() {
    return keptFrom;
  }

  /** Until when it was told to last, by that clock. */
  public Instant dueKept() {
    return dueKept;
  }

  /** When the policy was looked at, by that clock. */
  public Instant lookedKept() {
    return lookedKept;
  }

  /** What destroys the data; null before it has begun, and when there was nothing. */
  public @Nullable Long erasureId() {
    return erasureId;
  }
}
