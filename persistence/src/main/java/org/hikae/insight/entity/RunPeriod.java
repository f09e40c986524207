package org.hikae.insight.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hikae.insight.value.RunPeriodCount;

/** How the runs ended that began in a quarter of an hour; see {@code RunPeriodStore}. */
@Entity
@Table(name = "run_period")
public class RunPeriod {

  @Id
  @Column(name = "began_at")
  private Instant beganAt = Instant.EPOCH;

  @Column(name = "noted_at")
  private Instant notedAt = Instant.EPOCH;

  @Column(name = "done_runs")
  private long doneRuns;

  @Column(name = "failed_runs")
  private long failedRuns;

  @Column(name = "open_runs")
  private long openRuns;

  /** For the persistence provider. */
  protected RunPeriod() {}

  /** What it says. */
  public RunPeriodCount count() {
    return new RunPeriodCount(beganAt, notedAt, doneRuns, failedRuns, openRuns);
  }
}
