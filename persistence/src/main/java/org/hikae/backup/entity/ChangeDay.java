package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import org.hikae.backup.value.DepartureKind;
import org.jspecify.annotations.Nullable;

/**
 * How much of a device's files its backups of one day say was encrypted: all that is kept of what
 * they tell. However many backups there are, a day is one row and weighs at most {@link
 * #MOST_WEIGHT}. Whoever changes it holds the employee.
 */
@Entity
@Table(name = "change_day")
public class ChangeDay {

  /** All files, in tenths of a percent: more cannot have been encrypted. */
  public static final int MOST_WEIGHT = 1000;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "change_day_id")
  private Long id;

  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Column(name = "device_id", updatable = false)
  private String deviceId;

  @Column(name = "noted_on", updatable = false)
  private LocalDate notedOn = LocalDate.EPOCH;

  @Column(name = "weight")
  private int weight;

  @Column(name = "settled")
  private int settled;

  @Column(name = "good_until")
  private @Nullable Instant goodUntil;

  @Column(name = "reported_at")
  private @Nullable Instant reportedAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "departure")
  private @Nullable DepartureKind departure;

  @Column(name = "departed_at")
  private @Nullable Instant departedAt;

  /** For the persistence provider. */
  protected ChangeDay() {}

  /** A day of a device of which nothing is told yet. */
  public ChangeDay(long employeeId, String deviceId, LocalDate day) {
    this.employeeId = employeeId;
    this.deviceId = deviceId;
    this.notedOn = day;
  }

  /** Adds what a backup weighs; the first that weighs something says since when. */
  public void add(int more, Run run) {
    if (more > 0 && reportedAt == null) {
      goodUntil = run.goodUntil();
      reportedAt = run.firstReportedAt();
    }
    weight = Math.min(MOST_WEIGHT, weight + more);
  }

  /** The device departs from its history on this day; the stronger kind and the first time stay. */
  public void depart(DepartureKind how, Instant at) {
    if (departure != DepartureKind.OUTBREAK) {
      departure = how;
    }
    if (departedAt == null) {
      departedAt = at;
    }
  }

  /**
   * A person has judged the day: its weight is in no sum any more.
   *
   * @param usual whether it counts as usual for the device from now on
   */
  public void settle(boolean usual) {
    settled = usual ? Math.min(MOST_WEIGHT, settled + weight) : settled;
    weight = 0;
    departure = null;
    goodUntil = null;
    reportedAt = null;
  }

  /** Whose device. */
  public long employeeId() {
    return employeeId;
  }

  /** Which device. */
  public String deviceId() {
    return deviceId;
  }

  /** Which day, in UTC. */
  public LocalDate day() {
    return notedOn;
  }

  /** About how many tenths of a percent of the files were encrypted, and nobody has judged it. */
  public int weight() {
    return weight;
  }

  /** The same of what a person said was meant. */
  public int settled() {
    return settled;
  }

  /** Before this moment nothing of what weighs can have been committed; null for no weight. */
  public @Nullable Instant goodUntil() {
    return goodUntil;
  }

  /** When the first backup that weighs something was reported first; null for no weight. */
  public @Nullable Instant reportedAt() {
    return reportedAt;
  }

  /** How it departs from the history of the device; null when it does not. */
  public @Nullable DepartureKind departure() {
    return departure;
  }

  /** When it first did; stays when a person has judged it. */
  public @Nullable Instant departedAt() {
    return departedAt;
  }
}
