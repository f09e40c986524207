package org.hikae.insight.recovery.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;

/** Who could recover at the end of a day, or until now; see {@code RecoveryDayStore}. */
@Entity
@Table(name = "recovery_day")
public class RecoveryDay {

  @Id
  @Column(name = "noted_on")
  private LocalDate notedOn = LocalDate.EPOCH;

  @Column(name = "noted_at")
  private Instant notedAt = Instant.EPOCH;

  @Column(name = "people")
  private long people;

  @Column(name = "drilled")
  private long drilled;

  @Column(name = "practised")
  private long practised;

  @Column(name = "proven")
  private long proven;

  /** For the persistence provider. */
  protected RecoveryDay() {}

  /**
   * Takes over what holds now.
   *
   * @param now when it is noted
   * @param withSet people with an active set
   * @param withDrill those of them of whom a device has opened a sample
   * @param withPractice those of them who have practised
   * @param withBoth those of them with both
   */
  public void note(Instant now, long withSet, long withDrill, long withPractice, long withBoth) {
    notedAt = now;
    people = withSet;
    drilled = withDrill;
    practised = withPractice;
    proven = withBoth;
  }

  /** Which day, in UTC. */
  public LocalDate day() {
    return notedOn;
  }

  /** When it was noted last. */
  public Instant notedAt() {
    return notedAt;
  }

  /** People with an active set. */
  public long people() {
    return people;
  }

  /** Of whom a device had opened a sample. */
  public long drilled() {
    return drilled;
  }

  /** Who had practised. */
  public long practised() {
    return practised;
  }

  /** With both. */
  public long proven() {
    return proven;
  }
}
