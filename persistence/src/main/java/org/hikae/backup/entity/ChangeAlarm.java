package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Files of a device may have been changed by malware. While the alarm stands, and for a rest after
 * it, nothing of the employee's is released or dropped. It is ended once and for good; a device has
 * at most one that stands: the database sees to it.
 */
@Entity
@Table(name = "change_alarm")
public class ChangeAlarm {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "alarm_id")
  private Long alarmId;

  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Column(name = "device_id", updatable = false)
  private String deviceId;

  @Column(name = "current_of")
  private @Nullable String currentOf;

  @Column(name = "of_many", updatable = false)
  private boolean ofMany;

  @Column(name = "raised_at", updatable = false)
  private Instant raisedAt;

  @Column(name = "suspected_since", updatable = false)
  private Instant suspectedSince;

  @Column(name = "good_snapshot_id", updatable = false)
  private @Nullable String goodSnapshotId;

  @Column(name = "good_snapshot_at", updatable = false)
  private @Nullable Instant goodSnapshotAt;

  @Column(name = "ended_at")
  private @Nullable Instant endedAt;

  @Column(name = "ended_by_issuer")
  private @Nullable String endedByIssuer;

  @Column(name = "ended_by_subject")
  private @Nullable String endedBySubject;

  @Column(name = "harmless")
  private @Nullable Boolean harmless;

  @Column(name = "rest_until_kept")
  private @Nullable Instant restUntilKept;

  /** For the persistence provider. */
  protected ChangeAlarm() {}

  /**
   * An alarm about the device of this day.
   *
   * @param first the first of its days that departs
   * @param good the last snapshot before that; null when there is none
   * @param ofMany whether it took many devices that depart at once
   */
  public ChangeAlarm(ChangeDay first, @Nullable Snapshot good, boolean ofMany, Instant now) {
    this.employeeId = first.employeeId();
    this.deviceId = first.deviceId();
    this.currentOf = first.deviceId();
    this.ofMany = ofMany;
    this.raisedAt = now;
    this.suspectedSince = Objects.requireNonNull(first.reportedAt());
    this.goodSnapshotId = good == null ? null : good.snapshotId();
    this.goodSnapshotAt = good == null ? null : good.committedAt();
  }

  /**
   * The administrator (issuer, subject) ends it.
   *
   * @param wasHarmless whether the changes were meant
   * @param restUntil until when nothing of the employee's goes, by the clock of nightly maintenance
   */
  public void end(
      String issuer, String subject, boolean wasHarmless, Instant at, Instant restUntil) {
    if (currentOf == null) {
      throw new IllegalStateException("An alarm is ended once");
    }
    currentOf = null;
    endedByIssuer = issuer;
    endedBySubject = subject;
    harmless = wasHarmless;
    endedAt = at;
    restUntilKept = restUntil;
  }

  /** Identifier. */
  public long alarmId() {
    return alarmId;
  }

  /** Whose backup. */
  public long employeeId() {
    return employeeId;
  }

  /** Whose files. */
  public String deviceId() {
    return deviceId;
  }

  /** Whether it took many devices that depart at once. */
  public boolean ofMany() {
    return ofMany;
  }

  /** Since when it stands. */
  public Instant raisedAt() {
    return raisedAt;
  }

  /** When the first backup that departs was reported first. */
  public Instant suspectedSince() {
    return suspectedSince;
  }

  /** The last snapshot before that; null when there was none. */
  public @Nullable String goodSnapshotId() {
    return goodSnapshotId;
  }

  /** When that was committed. */
  public @Nullable Instant goodSnapshotAt() {
    return goodSnapshotAt;
  }

  /** When it was ended; null while it stands. */
  public @Nullable Instant endedAt() {
    return endedAt;
  }

  /** Whether the changes were meant; null while it stands. */
  public @Nullable Boolean harmless() {
    return harmless;
  }
}
