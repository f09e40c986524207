package org.hikae.enrollment.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A nonce that a device may sign once. Stored as its SHA-256. */
@Entity
@Table(name = "device_nonce")
public class DeviceNonce {

  @Id
  @Column(name = "nonce_hash")
  private String nonceHash;

  @Column(name = "device_id", updatable = false)
  private String deviceId;

  @Column(name = "expires_at", updatable = false)
  private Instant expiresAt;

  /** For the persistence provider. */
  protected DeviceNonce() {}

  /** A nonce for one device. */
  public DeviceNonce(String nonceHash, String deviceId, Instant expiresAt) {
    this.nonceHash = nonceHash;
    this.deviceId = deviceId;
    this.expiresAt = expiresAt;
  }

  /** Until when it can be used. */
  public Instant expiresAt() {
    return expiresAt;
  }
}
