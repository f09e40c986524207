package org.hikae.identity.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A session at Keycloak that has ended, so that what belongs to it ends at every portal. */
@Entity
@Table(name = "page_session_ending")
public class PageSessionEnding {

  @Id
  @Column(name = "keycloak_session", updatable = false)
  private String keycloakSession = "";

  @Column(name = "ended_at", updatable = false)
  private Instant endedAt = Instant.EPOCH;

  /** For the persistence provider. */
  protected PageSessionEnding() {}

  /** Which session. */
  public String keycloakSession() {
    return keycloakSession;
  }

  /** When it ended. */
  public Instant endedAt() {
    return endedAt;
  }
}
