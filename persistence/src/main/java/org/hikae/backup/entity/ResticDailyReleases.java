package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;

/**
 * How much restic has released in a repository within a day, and whether people were told. A day
 * begins with the first release after the last one's end. The row goes with the repository.
 */
@Entity(name = "ResticWatch")
@Table(name = "restic_watch")
public class ResticDailyReleases {

  private static final Duration DAY = Duration.ofDays(1);

  @Id
  @Column(name = "repository_id")
  private long repositoryId;

  @Column(name = "since")
  private Instant since;

  @Column(name = "released")
  private long released;

  @Column(name = "told")
  private boolean told;

  /** For the persistence provider. */
  protected ResticDailyReleases() {}

  /** Nothing was released yet. */
  public ResticDailyReleases(long repositoryId, Instant now) {
    this.repositoryId = repositoryId;
    this.since = now;
  }

  /**
   * Counts a release.
   *
   * @return how many there were in this day
   */
  public long count(Instant now) {
    if (!now.isBefore(since.plus(DAY))) {
      since = now;
      released = 0;
      told = false;
    }
    released++;
    return released;
  }

  /** When the day began. */
  public Instant since() {
    return since;
  }

  /** Notes that people are told; false when they were told in this day. */
  public boolean tell() {
    boolean first = !told;
    told = true;
    return first;
  }
}
