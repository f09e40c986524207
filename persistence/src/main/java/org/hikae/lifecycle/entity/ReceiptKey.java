package org.hikae.lifecycle.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A public key that receipts were signed with. Kept when the key is changed. */
@Entity
@Table(name = "receipt_key")
public class ReceiptKey {

  @Id
  @Column(name = "key_id")
  private String keyId;

  @Column(name = "public_key", updatable = false)
  private byte[] publicKey;

  @Column(name = "first_used_at", updatable = false)
  private Instant firstUsedAt;

  /** For the persistence provider. */
  protected ReceiptKey() {}

  /**
   * A key.
   *
   * @param keyId its thumbprint (RFC 7638)
   * @param publicKey 32 bytes of Ed25519 (RFC 8032)
   */
  public ReceiptKey(String keyId, byte[] publicKey, Instant firstUsedAt) {
    this.keyId = keyId;
    this.publicKey = publicKey.clone();
    this.firstUsedAt = firstUsedAt;
  }

  /** Its thumbprint. */
  public String keyId() {
    return keyId;
  }

  /** 32 bytes. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** When it signed first. */
  public Instant firstUsedAt() {
    return firstUsedAt;
  }
}
