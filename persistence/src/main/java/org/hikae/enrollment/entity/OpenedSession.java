package org.hikae.enrollment.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * A device session. Stored as the SHA-256 of its secret, so that who reads the table cannot use it.
 */
@Entity
@Table(name = "device_session")
public class OpenedSession {

  @Id
  @Column(name = "session_hash")
  private String sessionHash;

  @Column(name = "device_id", updatable = false)
  private String deviceId;

  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Column(name = "opened_at", updatable = false)
  private Instant openedAt;

  @Column(name = "expires_at", updatable = false)
  private Instant expiresAt;

  /** For the persistence provider. */
  protected OpenedSession() {}

  /** A session of one device. */
  public OpenedSession(
      String sessionHash, String deviceId, long employeeId, Instant openedAt, Instant expiresAt) {
    this.sessionHash = sessionHash;
    this.deviceId = deviceId;
    this.employeeId = employeeId;
    this.openedAt = openedAt;
    this.expiresAt = expiresAt;
  }

  /** Until when it can be used. */
  public Instant expiresAt() {
    return expiresAt;
  }
}
