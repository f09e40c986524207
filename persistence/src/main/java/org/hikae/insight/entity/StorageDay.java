package org.hikae.insight.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;

/** What was stored for everybody at the end of a day, or until now; see {@code StorageDayStore}. */
@Entity
@Table(name = "storage_day")
public class StorageDay {

  @Id
  @Column(name = "noted_on")
  private LocalDate notedOn = LocalDate.EPOCH;

  @Column(name = "noted_at")
  private Instant notedAt = Instant.EPOCH;

  @Column(name = "stored_bytes")
  private long storedBytes;

  @Column(name = "live_bytes")
  private long liveBytes;

  @Column(name = "quota_bytes")
  private long quotaBytes;

  /** For the persistence provider. */
  protected StorageDay() {}

  /** A day of which nothing is noted yet. */
  public StorageDay(LocalDate day) {
    this.notedOn = day;
  }

  /**
   * Takes over what holds now.
   *
   * @param notedAt now
   * @param storedBytes bytes of all objects
   * @param liveBytes those of them that count against quotas
   * @param quotaBytes what those who take part may store together
   */
  public void note(Instant notedAt, long storedBytes, long liveBytes, long quotaBytes) {
    this.notedAt = notedAt;
    this.storedBytes = storedBytes;
    this.liveBytes = liveBytes;
    this.quotaBytes = quotaBytes;
  }

  /** Which day, in UTC. */
  public LocalDate day() {
    return notedOn;
  }

  /** When it was noted last. */
  public Instant notedAt() {
    return notedAt;
  }

  /** Bytes of all objects. */
  public long storedBytes() {
    return storedBytes;
  }

  /** Those of them that counted against quotas. */
  public long liveBytes() {
    return liveBytes;
  }

  /** What those who took part might store together. */
  public long quotaBytes() {
    return quotaBytes;
  }
}
