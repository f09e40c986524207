package org.hikae.audit.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** An event that waits for its place in the chain. */
@Entity(name = "AuditUnlinked")
@Table(name = "audit_unlinked")
public class UnlinkedAuditEvent {

  @Id
  @Column(name = "event_id")
  private long eventId;

  @Column(name = "happened_at", updatable = false)
  private Instant happenedAt;

  /** For the persistence provider. */
  protected UnlinkedAuditEvent() {}

  public UnlinkedAuditEvent(AuditEvent event) {
    this.eventId = event.eventId();
    this.happenedAt = event.happenedAt();
  }
}
