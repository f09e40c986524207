package org.hikae.enrollment.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hikae.enrollment.value.ResticAdmission;
import org.hikae.enrollment.value.ResticCredentialLifetime;
import org.hikae.enrollment.value.ResticCredentialScope;
import org.jspecify.annotations.Nullable;

/**
 * What a restic client signs in with, for one repository of one device. Its password is stored as
 * the SHA-256 only. It ends by time, by revocation, or with the device or the repository.
 */
@Entity
@Table(name = "restic_credential")
public class ResticCredential {

  @Id
  @Column(name = "credential_id")
  private String credentialId;

  @Column(name = "secret_hash", updatable = false)
  private String secretHash;

  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Column(name = "device_id", updatable = false)
  private String deviceId;

  @Column(name = "set_id", updatable = false)
  private String setId;

  @Column(name = "repository_id", updatable = false)
  private long repositoryId;

  @Column(name = "restic_id", updatable = false)
  private String resticId;

  @Column(name = "made_at", updatable = false)
  private Instant madeAt;

  @Column(name = "expires_at", updatable = false)
  private Instant expiresAt;

  @Column(name = "last_used_at")
  private @Nullable Instant lastUsedAt;

  @Column(name = "revoked_at")
  private @Nullable Instant revokedAt;

  /** For the persistence provider. */
  protected ResticCredential() {}

  /** A credential of a device. */
  public ResticCredential(
      String credentialId,
      String secretHash,
      Device device,
      ResticCredentialScope scope,
      ResticCredentialLifetime life) {
    this.credentialId = credentialId;
    this.secretHash = secretHash;
    this.employeeId = device.employeeId();
    this.deviceId = device.deviceId();
    this.setId = scope.setId();
    this.repositoryId = scope.repositoryId();
    this.resticId = scope.resticId();
    this.madeAt = life.madeAt();
    this.expiresAt = life.expiresAt();
  }

  /** Ends it; ending it twice changes nothing. */
  public void revoke(Instant now) {
    if (revokedAt == null) {
      revokedAt = now;
    }
  }

  /** Whether it still opens something, as far as it is up to it. */
  public boolean usable(Instant now) {
    return ResticAdmission.usable(revokedAt, expiresAt, now);
  }

  /** Whose it is. */
  public long employeeId() {
    return employeeId;
  }

  /** The user name. */
  public String credentialId() {
    return credentialId;
  }

  /** The device that it was made for. */
  public String deviceId() {
    return deviceId;
  }

  /** Name of the repository that it opens. */
  public String resticId() {
    return resticId;
  }

  /** When it was made. */
  public Instant madeAt() {
    return madeAt;
  }

  /** Until when it can be used. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** When it was last used, to the minute, if ever. */
  public @Nullable Instant lastUsedAt() {
    return lastUsedAt;
  }

  /** When it was revoked, if it was. */
  public @Nullable Instant revokedAt() {
    return revokedAt;
  }
}
