package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * The repository of one backup set: made with the set's first object, owned by one employee for
 * ever. Its figures change only by statements in the transactions that store and collect objects.
 */
@Entity
@Table(name = "repository")
public class BackupRepository {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "repository_id")
  private Long id;

  @Column(name = "set_id", updatable = false)
  private String setId;

  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Column(name = "object_count", updatable = false)
  private long objectCount;

  @Column(name = "stored_bytes", updatable = false)
  private long storedBytes;

  @Column(name = "swept_count", updatable = false)
  private long sweptCount;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  /** For the persistence provider. */
  protected BackupRepository() {}

  /** An empty repository. */
  public BackupRepository(String setId, long employeeId, Instant createdAt) {
    this.setId = setId;
    this.employeeId = employeeId;
    this.createdAt = createdAt;
  }

  /** The number other rows refer to. */
  public long id() {
    return id;
  }

  /** The backup set. */
  public String setId() {
    return setId;
  }

  /** Whose it is. */
  public long employeeId() {
    return employeeId;
  }

  /** Objects stored, when this was read. */
  public long objectCount() {
    return objectCount;
  }

  /** Bytes stored, when this was read. */
  public long storedBytes() {
    return storedBytes;
  }

  /** Objects collected since it was made, when this was read. */
  public long sweptCount() {
    return sweptCount;
  }

  /** When the first object came. */
  public Instant createdAt() {
    return createdAt;
  }
}
