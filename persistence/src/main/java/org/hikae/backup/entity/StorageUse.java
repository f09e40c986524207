package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * The bytes of an employee, all sets together. Changed only by the statements of {@code
 * StorageUseStore}, in the transaction that stores, releases, takes back or removes.
 */
@Entity
@Table(name = "storage_use")
public class StorageUse {

  @Id
  @Column(name = "employee_id")
  private long employeeId;

  @Column(name = "live_bytes")
  private long liveBytes;

  @Column(name = "held_bytes")
  private long heldBytes;

  @Column(name = "noticed")
  private boolean noticed;

  /** For the persistence provider. */
  protected StorageUse() {}

  /** Nothing is stored yet. */
  public StorageUse(long employeeId) {
    this.employeeId = employeeId;
  }

  /** Whose bytes. */
  public long employeeId() {
    return employeeId;
  }
}
