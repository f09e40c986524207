package org.hikae.audit.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The end of the chain: one row, locked while events get their places. */
@Entity(name = "AuditHead")
@Table(name = "audit_head")
public class AuditChainHead {

  public static final int ONLY = 1;

  @Id
  @Column(name = "head_id")
  private int headId;

  @Column(name = "seq")
  private long seq;

  @Column(name = "hash")
  private String hash;

  /** For the persistence provider. */
  protected AuditChainHead() {}

  public void advance(AuditLink link) {
    if (link.seq() != seq + 1) {
      throw new IllegalStateException("An event must follow the last one");
    }
    seq = link.seq();
    hash = link.hash();
  }

  /** Place of the last event; 0 when there is none. */
  public long seq() {
    return seq;
  }

  /** Its hash. */
  public String hash() {
    return hash;
  }
}
