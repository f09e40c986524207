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
import org.hikae.lifecycle.value.ErasureState;
import org.jspecify.annotations.Nullable;

/**
 * An employee opted out of a set. Until the grace is over it can be taken back; from the first
 * thing that is destroyed it cannot. Whoever changes it holds the employee.
 */
@Entity
@Table(name = "erasure")
public class Erasure {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "erasure_id")
  private Long id;

  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Column(name = "set_id", updatable = false)
  private String setId;

  @Column(name = "open_of")
  private @Nullable String openOf;

  @Enumerated(EnumType.STRING)
  @Column(name = "state")
  private ErasureState state;

  @Column(name = "set_was_active", updatable = false)
  private boolean setWasActive;

  @Column(name = "asked_at", updatable = false)
  private Instant askedAt;

  @Column(name = "began_at")
  private @Nullable Instant beganAt;

  @Column(name = "ended_at")
  private @Nullable Instant endedAt;

  @Column(name = "due_kept", updatable = false)
  private Instant dueKept;

  @Column(name = "wrap_count")
  private long wraps;

  @Column(name = "snapshot_count")
  private long snapshots;

  @Column(name = "object_count")
  private long objects;

  @Column(name = "byte_count")
  private long bytes;

  @Column(name = "receipt")
  private @Nullable String receipt;

  /** For the persistence provider. */
  protected Erasure() {}

  /**
   * The grace begins.
   *
   * @param setWasActive whether the opt-in was complete
   * @param askedAt the server's clock
   * @param dueKept when the grace is over, by the clock of nightly maintenance
   */
  public Erasure(
      long employeeId, String setId, boolean setWasActive, Instant askedAt, Instant dueKept) {
    this.employeeId = employeeId;
    this.setId = setId;
    this.openOf = setId;
    this.state = ErasureState.WAITING;
    this.setWasActive = setWasActive;
    this.askedAt = askedAt;
    this.dueKept = dueKept;
  }

  /** The employee takes part again. */
  public void takeBack(Instant now) {
    require(ErasureState.WAITING);
    state = ErasureState.TAKEN_BACK;
    endedAt = now;
    openOf = null;
  }

  /** The wraps are gone: nothing leads back. */
  public void begin(long erasedWraps, Instant now) {
    require(ErasureState.WAITING);
    state = ErasureState.ERASING;
    beganAt = now;
    wraps = erasedWraps;
  }

  /** More is gone. */
  public void count(long moreSnapshots, long moreObjects, long moreBytes) {
    require(ErasureState.ERASING);
    snapshots = Math.addExact(snapshots, moreSnapshots);
    objects = Math.addExact(objects, moreObjects);
    bytes = Math.addExact(bytes, moreBytes);
  }

  /** Everything is gone. */
  public void end(String signed, Instant now) {
    require(ErasureState.ERASING);
    state = ErasureState.ERASED;
    endedAt = now;
    openOf = null;
    receipt = signed;
  }

  private void require(ErasureState expected) {
    if (state != expected) {
      throw new IllegalStateException("The erasure is " + state + ", not " + expected + ".");
    }
  }

  /** The number by which it is asked for. */
  public long id() {
    return id;
  }

  /** Whose it is. */
  public long employeeId() {
    return employeeId;
  }

  /** The set that is erased. */
  public String setId() {
    return setId;
  }

  /** Where it stands. */
  public ErasureState state() {
    return state;
  }

  /** Whether the opt-in was complete before. */
  public boolean setWasActive() {
    return setWasActive;
  }

  /** When it was asked for. */
  public Instant askedAt() {
    return askedAt;
  }

  /** When it was taken back or done. */
  public @Nullable Instant endedAt() {
    return endedAt;
  }

  /** When the grace is over, by the clock of nightly maintenance. */
  public Instant dueKept() {
    return dueKept;
  }

  /** Wraps destroyed, those kept for a legal hold included. */
  public long wraps() {
    return wraps;
  }

  /** Snapshots destroyed, stubs of removed ones included. */
  public long snapshots() {
    return snapshots;
  }

  /** Objects destroyed. */
  public long objects() {
    return objects;
  }

  /** Bytes of those objects. */
  public long bytes() {
    return bytes;
  }

  /** The portal's signed word, once everything is gone. */
  public @Nullable String receipt() {
    return receipt;
  }
}
