package org.hikae.enrollment.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hikae.enrollment.wire.BackupSetState;
import org.jspecify.annotations.Nullable;

/**
 * A backup set of one employee. PENDING becomes ACTIVE when the opt-in is complete; either becomes
 * WITHDRAWN, for good. An employee has at most one set that is not WITHDRAWN: the database sees to
 * it.
 */
@Entity
@Table(name = "backup_set")
public class BackupSet {

  @Id
  @Column(name = "set_id")
  private String setId;

  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Column(name = "current_of")
  private @Nullable Long currentOf;

  @Column(name = "generation")
  private long generation;

  @Enumerated(EnumType.STRING)
  @Column(name = "state")
  private BackupSetState state;

  @Column(name = "created_by_device", updatable = false)
  private String createdByDevice;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  /** For the persistence provider. */
  protected BackupSet() {}

  /** A new set, PENDING, generation 1. */
  public BackupSet(String setId, long employeeId, String createdByDevice, Instant createdAt) {
    this.setId = setId;
    this.employeeId = employeeId;
    this.currentOf = employeeId;
    this.generation = 1;
    this.state = BackupSetState.PENDING;
    this.createdByDevice = createdByDevice;
    this.createdAt = createdAt;
  }

  /** The opt-in is complete. */
  public void activate() {
    if (state == BackupSetState.WITHDRAWN) {
      throw new IllegalStateException("A withdrawn set stays withdrawn");
    }
    state = BackupSetState.ACTIVE;
  }

  /** The employee gives the set up. */
  public void withdraw() {
    state = BackupSetState.WITHDRAWN;
    currentOf = null;
  }

  /**
   * The employee takes the withdrawal back.
   *
   * @param active whether the opt-in was complete
   */
  public void resume(boolean active) {
    if (state != BackupSetState.WITHDRAWN) {
      throw new IllegalStateException("Only a withdrawn set is taken back");
    }
    state = active ? BackupSetState.ACTIVE : BackupSetState.PENDING;
    currentOf = employeeId;
  }

  /** K was replaced by the K of the next generation. */
  public void rotate() {
    if (state != BackupSetState.ACTIVE) {
      throw new IllegalStateException("Only the K of an active set is rotated");
    }
    generation++;
  }

  /** Hexadecimal identifier. */
  public String setId() {
    return setId;
  }

  /** Whose set it is. */
  public long employeeId() {
    return employeeId;
  }

  /** Generation of K. */
  public long generation() {
    return generation;
  }

  /** Where it stands. */
  public BackupSetState state() {
    return state;
  }

  /** When it was made. */
  public Instant createdAt() {
    return createdAt;
  }
}
