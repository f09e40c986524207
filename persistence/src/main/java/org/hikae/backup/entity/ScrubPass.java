package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One pass of scrubbing over all objects that were stored when it began, in as many runs as it
 * takes. Objects stored later wait for the next one, so that a pass ends however much is sent.
 */
@Entity
@Table(name = "scrub_pass")
public class ScrubPass {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "pass_id")
  private Long id;

  @Column(name = "started_at", updatable = false)
  private Instant startedAt;

  @Column(name = "ended_at")
  private @Nullable Instant endedAt;

  @Column(name = "up_to_object_id", updatable = false)
  private long upToObjectId;

  @Column(name = "object_count")
  private long objects;

  @Column(name = "byte_count")
  private long bytes;

  @Column(name = "rotten_count")
  private long rotten;

  /** For the persistence provider. */
  protected ScrubPass() {}

  /** One that begins now. */
  public ScrubPass(Instant startedAt, long upToObjectId) {
    this.startedAt = startedAt;
    this.upToObjectId = upToObjectId;
  }

  /** Counts what was read: so many objects and bytes, of them so many newly found rotten. */
  public void count(long moreObjects, long moreBytes, long moreRotten) {
    objects += moreObjects;
    bytes += moreBytes;
    rotten += moreRotten;
  }

  /** Every object was read. */
  public void end(Instant now) {
    endedAt = now;
  }

  /** Its number. */
  public long id() {
    return id;
  }

  /** When it began. */
  public Instant startedAt() {
    return startedAt;
  }

  /** When it ended; null while it goes on. */
  public @Nullable Instant endedAt() {
    return endedAt;
  }

  /** The last object that was stored when it began. */
  public long upToObjectId() {
    return upToObjectId;
  }

  /** Objects read. */
  public long objects() {
    return objects;
  }

  /** Bytes read. */
  public long bytes() {
    return bytes;
  }

  /** Objects found rotten that were not known to be. */
  public long rotten() {
    return rotten;
  }
}
