package org.hikae.transparency.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.wire.CompactRange;
import org.jspecify.annotations.Nullable;

/** The end of the log: one row, locked while entries get their places. */
@Entity
@Table(name = "log_head")
public class LogHead {

  public static final int ONLY = 1;

  @Id
  @Column(name = "head_id")
  private int headId;

  @Column(name = "size")
  private long size;

  @Column(name = "edge")
  private byte[] edge;

  @Column(name = "origin")
  private @Nullable String origin;

  @Column(name = "public_key")
  private byte @Nullable [] publicKey;

  /** For the persistence provider, and of an empty log: the migration makes the only row. */
  protected LogHead() {
    headId = ONLY;
    edge = CompactRange.EMPTY.encode();
  }

  /** The first entry gives the log its name and its key, which stay. */
  public void begin(String newOrigin, byte[] newPublicKey) {
    if (origin != null) {
      throw new IllegalStateException("The log has begun");
    }
    origin = newOrigin;
    publicKey = newPublicKey.clone();
  }

  /** From now on the log ends there. */
  public void grow(CompactRange grown) {
    if (grown.size() <= size) {
      throw new IllegalStateException("A log only grows");
    }
    size = grown.size();
    edge = grown.encode();
  }

  /** How many entries there are. */
  public long size() {
    return size;
  }

  /** What the log has come to, with its root. */
  public CompactRange range() {
    try {
      return CompactRange.parse(size, edge);
    } catch (MalformedException e) {
      throw new IllegalStateException("The row of the log's end is wrong", e);
    }
  }

  /** The log's name; empty before the first entry. */
  public Optional<String> origin() {
    return Optional.ofNullable(origin);
  }

  /** Public half of the key that signs it; empty before the first entry. */
  public Optional<byte[]> publicKey() {
    return Optional.ofNullable(publicKey).map(byte[]::clone);
  }
}
