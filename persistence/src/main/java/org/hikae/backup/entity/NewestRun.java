package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The newest run of a device, so that a page of all employees reads no history. */
@Entity
@Table(name = "newest_run")
public class NewestRun {

  @Id
  @Column(name = "device_id")
  private String deviceId;

  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Column(name = "run_row")
  private long runRow;

  /** For the persistence provider. */
  protected NewestRun() {}

  /** The first run of a device. */
  public NewestRun(String deviceId, long employeeId, Run run) {
    this.deviceId = deviceId;
    this.employeeId = employeeId;
    this.runRow = run.row();
  }

  /** Notes a newer run. */
  public void ran(Run run) {
    runRow = Math.max(runRow, run.row());
  }

  /** Row of the newest run. */
  public long runRow() {
    return runRow;
  }
}
