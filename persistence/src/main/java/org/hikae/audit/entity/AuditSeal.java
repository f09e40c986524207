package org.hikae.audit.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** An end of the trail, or an export of it, that the vault has signed. Never changed. */
@Entity
@Table(name = "audit_seal")
public class AuditSeal {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "audit_seal_id")
  private long auditSealId;

  @Column(name = "seq", updatable = false)
  private long seq;

  @Column(name = "hash", updatable = false)
  private String hash;

  @Column(name = "export_hash", updatable = false)
  private String exportHash;

  @Column(name = "sealed_at", updatable = false)
  private Instant sealedAt;

  @Column(name = "receipt", updatable = false)
  private byte[] receipt;

  /** For the persistence provider. */
  protected AuditSeal() {}

  /**
   * A seal.
   *
   * @param exportHash SHA-256 of the export, zero for none
   * @param receipt the vault's signed word, encoded
   */
  public AuditSeal(long seq, String hash, String exportHash, Instant sealedAt, byte[] receipt) {
    this.seq = seq;
    this.hash = hash;
    this.exportHash = exportHash;
    this.sealedAt = sealedAt;
    this.receipt = receipt.clone();
  }

  /** Place of the last event. */
  public long seq() {
    return seq;
  }

  /** Its hash. */
  public String hash() {
    return hash;
  }

  /** When. */
  public Instant sealedAt() {
    return sealedAt;
  }
}
