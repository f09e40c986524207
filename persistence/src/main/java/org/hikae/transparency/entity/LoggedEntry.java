package org.hikae.transparency.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hikae.hk1.Hash256;
import org.hikae.transparency.wire.LogEntry;
import org.hikae.transparency.wire.LogEntryKind;

/** An entry of the log. Never changed. */
@Entity
@Table(name = "log_entry")
public class LoggedEntry {

  @Id
  @Column(name = "place")
  private long place;

  @Enumerated(EnumType.STRING)
  @Column(name = "kind", updatable = false)
  private LogEntryKind kind;

  @Column(name = "content", updatable = false)
  private byte[] content;

  @Column(name = "leaf_hash", updatable = false)
  private byte[] leafHash;

  @Column(name = "added_at", updatable = false)
  private Instant addedAt;

  /** For the persistence provider. */
  protected LoggedEntry() {}

  /**
   * An entry.
   *
   * @param place in the log, from 0
   */
  public LoggedEntry(long place, LogEntry entry, Instant addedAt) {
    this.place = place;
    this.kind = entry.kind();
    this.content = entry.encode();
    this.leafHash = entry.leaf().toBytes();
    this.addedAt = addedAt;
  }

  /** Its place in the log, from 0. */
  public long place() {
    return place;
  }

  /** What it is about. */
  public LogEntryKind kind() {
    return kind;
  }

  /** The bytes that are hashed. */
  public byte[] content() {
    return content.clone();
  }

  /** Their hash in the tree. */
  public Hash256 leaf() {
    return Hash256.of(leafHash);
  }

  /** When it was added. */
  public Instant addedAt() {
    return addedAt;
  }
}
