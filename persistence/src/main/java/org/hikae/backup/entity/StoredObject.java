package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hikae.hk1.Hash256;

/**
 * That an object is stored in a repository. The row is written in the transaction that stores the
 * bytes and never changes; the bytes are the ciphertext store's.
 */
@Entity
@Table(name = "stored_object")
public class StoredObject {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "object_id")
  private Long id;

  @Column(name = "repository_id", updatable = false)
  private long repositoryId;

  @Column(name = "name", updatable = false)
  private byte[] name;

  @Column(name = "size_bytes", updatable = false)
  private long sizeBytes;

  @Column(name = "stored_at", updatable = false)
  private Instant storedAt;

  /** For the persistence provider. */
  protected StoredObject() {}

  /** Records an object that the store has just taken. */
  public StoredObject(long repositoryId, Hash256 name, long sizeBytes, Instant storedAt) {
    this.repositoryId = repositoryId;
    this.name = name.toBytes();
    this.sizeBytes = sizeBytes;
    this.storedAt = storedAt;
  }

  /** The number that object lists hold. */
  public long id() {
    return id;
  }

  /** Where it is stored. */
  public long repositoryId() {
    return repositoryId;
  }

  /** SHA-256 of its bytes. */
  public Hash256 name() {
    return Hash256.of(name);
  }

  /** Its length. */
  public long sizeBytes() {
    return sizeBytes;
  }
}
