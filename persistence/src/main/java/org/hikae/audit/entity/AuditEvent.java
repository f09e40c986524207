package org.hikae.audit.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.hikae.audit.value.AuditContent;
import org.hikae.audit.wire.AuditRecord;
import org.jspecify.annotations.Nullable;

/**
 * One event of the trail, as it was written by the transaction that caused it. Never changed. Its
 * place in the chain is an {@link AuditLink}.
 */
@Entity
@Table(name = "audit_event")
public class AuditEvent {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "event_id")
  private long eventId;

  @Column(name = "happened_at", updatable = false)
  private Instant happenedAt;

  @Column(name = "actor_issuer", updatable = false)
  private String actorIssuer;

  @Column(name = "actor_subject", updatable = false)
  private String actorSubject;

  @Column(name = "action", updatable = false)
  private String action;

  @Column(name = "object", updatable = false)
  private String object;

  @Column(name = "detail", updatable = false)
  private String detail;

  @Column(name = "employee_id", updatable = false)
  private @Nullable Long employeeId;

  @Column(name = "personal_hash", updatable = false)
  private @Nullable String personalHash;

  /** For the persistence provider. */
  protected AuditEvent() {}

  /** An event; {@code at} is cut to microseconds, which both databases keep. */
  public AuditEvent(Instant at, AuditContent content, String personalHash) {
    this.happenedAt = at.truncatedTo(ChronoUnit.MICROS);
    this.actorIssuer = content.actorIssuer();
    this.actorSubject = content.actorSubject();
    this.action = content.action();
    this.object = content.object();
    this.detail = content.detail();
    this.employeeId = content.employeeId();
    this.personalHash = personalHash;
  }

  /** What the chain covers of it. */
  public AuditRecord chained() {
    return new AuditRecord(
        happenedAt, actorIssuer, actorSubject, action, object, detail, employeeId, personalHash);
  }

  /** Identifier; later events mostly have higher ones. */
  public long eventId() {
    return eventId;
  }

  /** When, with microseconds. */
  public Instant happenedAt() {
    return happenedAt;
  }
}
