package org.hikae.enrollment.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hikae.enrollment.wire.BackupProgram;
import org.hikae.enrollment.wire.DeviceState;
import org.jspecify.annotations.Nullable;

/**
 * A device of one employee: its identity is its P-256 key. ACTIVE and PAUSED change into each
 * other; REVOKED is final, the same key never comes back.
 */
@Entity
@Table(name = "device")
public class Device {

  @Id
  @Column(name = "device_id")
  private String deviceId;

  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Column(name = "name")
  private String name;

  @Column(name = "platform")
  private String platform;

  @Column(name = "agent_version")
  private String agentVersion;

  @Column(name = "public_key", updatable = false)
  private byte[] publicKey;

  @Enumerated(EnumType.STRING)
  @Column(name = "state")
  private DeviceState state;

  @Column(name = "keycloak_session")
  private @Nullable String keycloakSession;

  @Column(name = "enrolled_at", updatable = false)
  private Instant enrolledAt;

  @Column(name = "last_seen_at")
  private @Nullable Instant lastSeenAt;

  @Column(name = "last_backup_at")
  private @Nullable Instant lastBackupAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "last_backup_by")
  private @Nullable BackupProgram lastBackupBy;

  /** For the persistence provider. */
  protected Device() {}

  /** A new device, ACTIVE. */
  public Device(String deviceId, long employeeId, byte[] publicKey, Instant enrolledAt) {
    this.deviceId = deviceId;
    this.employeeId = employeeId;
    this.publicKey = publicKey.clone();
    this.state = DeviceState.ACTIVE;
    this.enrolledAt = enrolledAt;
  }

  /** What the device says about itself. */
  public void describe(String newName, String newPlatform, String newAgentVersion) {
    name = newName;
    platform = newPlatform;
    agentVersion = newAgentVersion;
  }

  /** The session at Keycloak that the device's tokens belong to. */
  public void signedInWith(@Nullable String session) {
    if (session != null) {
      keycloakSession = session;
    }
  }

  /** A device session was opened. */
  public void seen(String newAgentVersion, Instant at) {
    agentVersion = newAgentVersion;
    lastSeenAt = at;
  }

  /** The agent has committed a snapshot. */
  public void backedUp(Instant at) {
    lastBackupAt = at;
    lastBackupBy = BackupProgram.AGENT;
  }

  /** restic has stored a snapshot; it opens no session, so this is how the device is seen. */
  public void backedUpByRestic(Instant at) {
    lastBackupAt = at;
    lastBackupBy = BackupProgram.RESTIC;
    lastSeenAt = at;
  }

  /** Stops the device until it is resumed. */
  public void pause() {
    requireNotRevoked();
    state = DeviceState.PAUSED;
  }

  /** Lets a paused device act again. */
  public void resume() {
    requireNotRevoked();
    state = DeviceState.ACTIVE;
  }

  /** Stops the device for good. */
  public void revoke() {
    state = DeviceState.REVOKED;
  }

  private void requireNotRevoked() {
    if (state == DeviceState.REVOKED) {
      throw new IllegalStateException("A revoked device stays revoked");
    }
  }

  /** Hexadecimal identifier, derived from the key. */
  public String deviceId() {
    return deviceId;
  }

  /** Whose device it is. */
  public long employeeId() {
    return employeeId;
  }

  /** What people call it. */
  public String name() {
    return name;
  }

  /** Operating system and architecture. */
  public String platform() {
    return platform;
  }

  /** Version of the agent it last reported. */
  public String agentVersion() {
    return agentVersion;
  }

  /** SubjectPublicKeyInfo. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** Whether it may act. */
  public DeviceState state() {
    return state;
  }

  /** The session at Keycloak to end when the device is revoked, if known. */
  public @Nullable String keycloakSession() {
    return keycloakSession;
  }

  /** When it became known. */
  public Instant enrolledAt() {
    return enrolledAt;
  }

  /** When it last opened a session, or last stored a snapshot of restic. */
  public @Nullable Instant lastSeenAt() {
    return lastSeenAt;
  }

  /** When its last snapshot was stored. */
  public @Nullable Instant lastBackupAt() {
    return lastBackupAt;
  }

  /** What made its last snapshot, if there is one. */
  public @Nullable BackupProgram lastBackupBy() {
    return lastBackupBy;
  }
}
