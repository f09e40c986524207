package org.hikae.insight.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import org.hikae.backup.wire.RunResult;
import org.hikae.insight.value.EmployeeFigure;
import org.hikae.insight.value.EmployeeFilter;
import org.hikae.insight.value.LastRun;
import org.hikae.schema.value.TextTruncation;
import org.jspecify.annotations.Nullable;

/**
 * What lists find and sort an employee by: a copy of what the tables of the capabilities say,
 * written by {@code EmployeeSummaryStore}. What a list shows is read from those tables themselves.
 */
@Entity
@Table(name = "employee_summary")
public class EmployeeSummary {

  private static final int MAX_SEARCH_CHARS = 800;

  @Id
  @Column(name = "employee_id")
  private long employeeId;

  @Column(name = "name_key")
  private String nameKey = "";

  @Column(name = "search_text")
  private String searchText = "";

  @Enumerated(EnumType.ORDINAL)
  @Column(name = "standing", columnDefinition = "smallint")
  private EmployeeFilter.EnrollmentStatus standing = EmployeeFilter.EnrollmentStatus.NONE;

  @Column(name = "device_count")
  private long devices;

  @Column(name = "last_run_at")
  private @Nullable Instant lastRunAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "last_run_result")
  private @Nullable RunResult lastRunResult;

  @Column(name = "last_backup_at")
  private @Nullable Instant lastBackupAt;

  @Column(name = "stored_bytes")
  private long storedBytes;

  /** For the persistence provider. */
  protected EmployeeSummary() {}

  /** Of an employee who had none. */
  EmployeeSummary(EmployeeFigure figure) {
    this.employeeId = figure.employeeId();
    take(figure);
  }

  /** Takes over what holds now. */
  public final void take(EmployeeFigure figure) {
    LastRun run = figure.lastRun();
    nameKey = key(figure.displayName());
    String text =
        String.join(
            "\n",
            figure.displayName(),
            figure.username(),
            figure.email() == null ? "" : figure.email());
    searchText = key(TextTruncation.to(text, MAX_SEARCH_CHARS));
    standing = figure.standing();
    devices = figure.devices();
    lastRunAt = run == null ? null : run.reportedAt();
    lastRunResult = run == null ? null : run.result();
    lastBackupAt = figure.lastBackupAt();
    storedBytes = figure.storedBytes();
  }

  /** How text is compared: in lower case, and no longer than before. */
  public static String key(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return TextTruncation.to(lower, text.length());
  }

  /** Whose. */
  public long employeeId() {
    return employeeId;
  }
}
