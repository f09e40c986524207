package org.hikae.insight.report.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Figures of a month, counted once after its end. Never changed. */
@Entity
@Table(name = "monthly_report")
public class MonthlyReport {

  @Id
  @Column(name = "report_month", updatable = false)
  private String month;

  @Column(name = "computed_at", updatable = false)
  private Instant computedAt;

  @Column(name = "content", updatable = false)
  private String content;

  /** For the persistence provider. */
  protected MonthlyReport() {}

  /**
   * A report.
   *
   * @param month such as 2026-11
   * @param content rows of figures as JSON
   */
  public MonthlyReport(String month, Instant computedAt, String content) {
    this.month = month;
    this.computedAt = computedAt;
    this.content = content;
  }

  /** Such as 2026-11. */
  public String month() {
    return month;
  }

  /** When it was counted. */
  public Instant computedAt() {
    return computedAt;
  }

  /** Rows of figures as JSON. */
  public String content() {
    return content;
  }
}
