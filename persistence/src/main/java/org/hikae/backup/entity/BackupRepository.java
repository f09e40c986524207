package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A repository of one backup set, owned by one employee for ever: the set's own, made with its
 * first object, or one that a device uses with restic. Its figures change only by statements in the
 * transactions that store and collect objects.
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

  @Column(name = "restic_id", updatable = false)
  private String resticId;

  @Column(name = "device_id", updatable = false)
  private @Nullable String deviceId;

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

  /** The set's own repository, empty. */
  public BackupRepository(String setId, long employeeId, Instant createdAt) {
    this(setId, employeeId, "", null, createdAt);
  }

  private BackupRepository(
      String setId,
      long employeeId,
      String resticId,
      @Nullable String deviceId,
      Instant createdAt) {
    this.setId = setId;
    this.employeeId = employeeId;
    this.resticId = resticId;
    this.deviceId = deviceId;
    this.createdAt = createdAt;
  }

  /**
   * A repository that a device uses with restic, empty.
   *
   * @param resticId random name, hexadecimal
   */
  public static BackupRepository ofRestic(
      String setId, long employeeId, String deviceId, String resticId, Instant createdAt) {
    return new BackupRepository(setId, employeeId, resticId, deviceId, createdAt);
  }

  /** Whether restic uses it: then no snapshot of ours lists its objects. */
  public boolean isRestic() {
    return !resticId.isEmpty();
  }

  /** The name by which restic calls it; empty for the set's own. */
  public String resticId() {
    return resticId;
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

  /** The device that uses it with restic; null for the set's own. */
  public @Nullable String deviceId() {
    return deviceId;
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
