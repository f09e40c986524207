package org.hikae.audit.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The end of the trail: one row, locked while an event is appended. */
@Entity
@Table(name = "audit_head")
public class AuditHead {

  static final int ONLY = 1;

  @Id
  @Column(name = "head_id")
  private int headId;

  @Column(name = "seq")
  private long seq;

  @Column(name = "hash")
  private String hash;

  /** For the persistence provider. */
  protected AuditHead() {}

  void advance(AuditEvent event) {
    if (event.seq() != seq + 1 || !event.previousHash().equals(hash)) {
      throw new IllegalStateException("An audit event must follow the last one");
    }
    seq = event.seq();
    hash = event.hash();
  }

  /** Number of the last event; 0 when there is none. */
  public long seq() {
    return seq;
  }

  /** Hash of the last event. */
  public String hash() {
    return hash;
  }
}
