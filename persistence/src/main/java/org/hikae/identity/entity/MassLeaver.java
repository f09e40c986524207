package org.hikae.identity.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hikae.identity.value.EmployeeState;

/** One of the people of a {@link MassLeave}. */
@Entity
@Table(name = "mass_leaver")
@IdClass(MassLeaver.Key.class)
public class MassLeaver {

  @Id
  @Column(name = "finding_id", updatable = false)
  private long findingId;

  @Id
  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Enumerated(EnumType.STRING)
  @Column(name = "state", updatable = false)
  private EmployeeState state;

  @Column(name = "marked")
  private boolean marked;

  /** For the persistence provider. */
  protected MassLeaver() {}

  /** Somebody who would be marked so. */
  public MassLeaver(long findingId, long employeeId, EmployeeState state) {
    this.findingId = findingId;
    this.employeeId = employeeId;
    this.state = state;
  }

  /** They are marked now. */
  public void mark() {
    marked = true;
  }

  /** Who. */
  public long employeeId() {
    return employeeId;
  }

  /** As what they would be marked: disabled or gone. */
  public EmployeeState state() {
    return state;
  }

  /** Its key. */
  public record Key(long findingId, long employeeId) implements Serializable {}
}
