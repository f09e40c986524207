package org.hikae.audit.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * An event's place in the chain. Its hash covers the event and the hash of the place before, so a
 * changed, removed or inserted event breaks the chain from there on. Never changed.
 */
@Entity
@Table(name = "audit_link")
public class AuditLink {

  @Id
  @Column(name = "seq")
  private long seq;

  @Column(name = "event_id", updatable = false)
  private long eventId;

  @Column(name = "hash", updatable = false)
  private String hash;

  @Column(name = "linked_at", updatable = false)
  private Instant linkedAt;

  /** For the persistence provider. */
  protected AuditLink() {}

  public AuditLink(long seq, AuditEvent event, String previous, Instant linkedAt) {
    this.seq = seq;
    this.eventId = event.eventId();
    this.hash = event.chained().hash(seq, previous);
    this.linkedAt = linkedAt;
  }

  /** Place in the trail, from 1 without gaps. */
  public long seq() {
    return seq;
  }

  /** Hash of this place. */
  public String hash() {
    return hash;
  }
}
