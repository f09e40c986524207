package org.hikae.enrollment.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session at Keycloak that is to be ended because its device was revoked; kept until it is done.
 */
@Entity
@Table(name = "session_ending")
public class SessionEnding {

  private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "session_ending_id")
  private Long sessionEndingId;

  @Column(name = "keycloak_session", updatable = false)
  private String keycloakSession;

  @Column(name = "device_id", updatable = false)
  private String deviceId;

  @Column(name = "requested_at", updatable = false)
  private Instant requestedAt;

  @Column(name = "attempts")
  private int attempts;

  @Column(name = "next_attempt_at")
  private Instant nextAttemptAt;

  @Column(name = "ended_at")
  private @Nullable Instant endedAt;

  /** For the persistence provider. */
  protected SessionEnding() {}

  /** To be ended at once. */
  public SessionEnding(String keycloakSession, String deviceId, Instant requestedAt) {
    this.keycloakSession = keycloakSession;
    this.deviceId = deviceId;
    this.requestedAt = requestedAt;
    this.nextAttemptAt = requestedAt;
  }

  /** It is ended, or Keycloak no longer knew it. */
  public void ended(Instant at) {
    endedAt = at;
  }

  /** It did not work; the waits double up to an hour. */
  public void failed(Instant at) {
    attempts++;
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempts - 1, 10));
    nextAttemptAt = at.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
  }

  /** Internal id. */
  public long sessionEndingId() {
    return sessionEndingId;
  }

  /** The session at Keycloak. */
  public String keycloakSession() {
    return keycloakSession;
  }

  /** The device that was revoked or has signed in again. */
  public String deviceId() {
    return deviceId;
  }

  /** How often it failed. */
  public int attempts() {
    return attempts;
  }

  /** When it is tried next. */
  public Instant nextAttemptAt() {
    return nextAttemptAt;
  }
}
