package org.hikae.caller.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A program of the company's own that has used the API: since when, when last, and as what. */
@Entity
@Table(name = "service_account_use")
public class ServiceAccountUse {

  @Id
  @Column(name = "client_id")
  private String clientId;

  @Column(name = "subject")
  private String subject;

  @Column(name = "roles")
  private String roles;

  @Column(name = "first_used_at", updatable = false)
  private Instant firstUsedAt;

  @Column(name = "last_used_at")
  private Instant lastUsedAt;

  /** For the persistence provider. */
  protected ServiceAccountUse() {}

  public ServiceAccountUse(String clientId, Instant at) {
    this.clientId = clientId;
    this.firstUsedAt = at;
  }

  public void used(String asSubject, String withRoles, Instant at) {
    subject = asSubject;
    roles = withRoles;
    lastUsedAt = at;
  }

  /** Client at Keycloak. */
  public String clientId() {
    return clientId;
  }

  /** {@code sub} of its service account, as the audit trail names it. */
  public String subject() {
    return subject;
  }

  /** Roles it had at its last use, separated by blanks. */
  public String roles() {
    return roles;
  }

  /** When it was first seen. */
  public Instant firstUsedAt() {
    return firstUsedAt;
  }

  /** When it was last seen, to the minute. */
  public Instant lastUsedAt() {
    return lastUsedAt;
  }
}
