package org.hikae.insight.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;

/** Who was protected at the end of a day, or until now; see {@code ProtectionDayStore}. */
@Entity
@Table(name = "protection_day")
public class ProtectionDay {

  @Id
  @Column(name = "noted_on")
  private LocalDate notedOn = LocalDate.EPOCH;

  @Column(name = "noted_at")
  private Instant notedAt = Instant.EPOCH;

  @Column(name = "employees")
  private long employees;

  @Column(name = "opted_in")
  private long optedIn;

  @Column(name = "devices")
  private long devices;

  @Column(name = "fresh_devices")
  private long freshDevices;

  /** For the persistence provider. */
  protected ProtectionDay() {}

  /**
   * Takes over what holds now.
   *
   * @param now when it is noted
   * @param allEmployees all who are known
   * @param takingPart those of them who take part
   * @param allDevices devices of those who take part
   * @param backedUpInTime those of them whose last backup is young enough
   */
  public void note(
      Instant now, long allEmployees, long takingPart, long allDevices, long backedUpInTime) {
    notedAt = now;
    employees = allEmployees;
    optedIn = takingPart;
    devices = allDevices;
    freshDevices = backedUpInTime;
  }

  /** Which day, in UTC. */
  public LocalDate day() {
    return notedOn;
  }

  /** When it was noted last. */
  public Instant notedAt() {
    return notedAt;
  }

  /** All who were known. */
  public long employees() {
    return employees;
  }

  /** Those of them who took part. */
  public long optedIn() {
    return optedIn;
  }

  /** Devices of those who took part. */
  public long devices() {
    return devices;
  }

  /** Those of them whose last backup was young enough. */
  public long freshDevices() {
    return freshDevices;
  }
}
