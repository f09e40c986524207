package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * A password of restic that a device has sealed under K, kept with the repository that it is for.
 * The portal can open none. It is never changed: another password is another row with the next
 * number.
 */
@Entity
@Table(name = "restic_password")
public class ResticPassword {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "restic_password_id")
  private Long id;

  @Column(name = "repository_id", updatable = false)
  private long repositoryId;

  @Column(name = "number", updatable = false)
  private int number;

  @Column(name = "generation", updatable = false)
  private long generation;

  @Column(name = "device_id", updatable = false)
  private String deviceId;

  @Column(name = "stored_at", updatable = false)
  private Instant storedAt;

  @Column(name = "wrapped_password", updatable = false)
  private byte[] wrappedPassword;

  /** For the persistence provider. */
  protected ResticPassword() {}

  /**
   * A password that a device sealed.
   *
   * @param number from 1
   * @param generation generation of K
   * @param deviceId the device
   */
  public ResticPassword(
      BackupRepository repository,
      int number,
      long generation,
      String deviceId,
      Instant storedAt,
      byte[] wrappedPassword) {
    this.repositoryId = repository.id();
    this.number = number;
    this.generation = generation;
    this.deviceId = deviceId;
    this.storedAt = storedAt;
    this.wrappedPassword = wrappedPassword.clone();
  }

  /** Number of the repository. */
  public long repositoryId() {
    return repositoryId;
  }

  /** The how manieth it is, from 1. */
  public int number() {
    return number;
  }

  /** Generation of K. */
  public long generation() {
    return generation;
  }

  /** The device that sealed it. */
  public String deviceId() {
    return deviceId;
  }

  /** When it came. */
  public Instant storedAt() {
    return storedAt;
  }

  /** The sealed bytes. */
  public byte[] wrappedPassword() {
    return wrappedPassword.clone();
  }
}
