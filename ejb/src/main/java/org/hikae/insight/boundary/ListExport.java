package org.hikae.insight.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.caller.view.Caller;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.service.ListExportSteps;
import org.hikae.insight.view.DeviceCriteria;
import org.hikae.insight.view.DevicePage;
import org.hikae.insight.view.EmployeeCriteria;
import org.hikae.insight.view.EmployeePage;
import org.hikae.insight.view.EmployeeRow;
import org.hikae.insight.view.ExportedList;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.control.ActorLimit;
import org.hikae.spreadsheet.control.CsvWriter;
import org.hikae.spreadsheet.control.SpreadsheetWriter;
import org.hikae.spreadsheet.control.XlsxWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes a filtered list into a file for spreadsheets, page by page, so that it needs the same
 * memory however long the list is. Its columns are called as over REST. Each export is audited.
 */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.SCOPED)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ListExport {

  /**
   * Most rows of a file; a longer list breaks off, which the browser shows as a failed download.
   */
  public static final int MAX_ROWS = 250_000;

  private static final List<ListColumn<EmployeeRow>> EMPLOYEE_COLUMNS =
      List.of(
          new ListColumn<>("employeeId", EmployeeRow::employeeId),
          new ListColumn<>("displayName", EmployeeRow::displayName),
          new ListColumn<>("username", EmployeeRow::username),
          new ListColumn<>("email", EmployeeRow::email),
          new ListColumn<>("account", EmployeeRow::account),
          new ListColumn<>("optIn", EmployeeRow::optIn),
          new ListColumn<>("devices", EmployeeRow::devices),
          new ListColumn<>("lastRunAt", EmployeeRow::lastRunAt),
          new ListColumn<>("lastRun", EmployeeRow::lastRun),
          new ListColumn<>("lastBackupAt", EmployeeRow::lastBackupAt),
          new ListColumn<>("storedBytes", EmployeeRow::storedBytes));
  private static final List<ListColumn<DevicePage.Entry>> DEVICE_COLUMNS =
      List.of(
          new ListColumn<>("deviceId", DevicePage.Entry::deviceId),
          new ListColumn<>("name", DevicePage.Entry::name),
          new ListColumn<>("employeeId", DevicePage.Entry::employeeId),
          new ListColumn<>("employeeName", DevicePage.Entry::employeeName),
          new ListColumn<>("platform", DevicePage.Entry::platform),
          new ListColumn<>("agentVersion", DevicePage.Entry::agentVersion),
          new ListColumn<>("state", DevicePage.Entry::state),
          new ListColumn<>("enrolledAt", DevicePage.Entry::enrolledAt),
          new ListColumn<>("lastSeenAt", DevicePage.Entry::lastSeenAt),
          new ListColumn<>("lastBackupAt", DevicePage.Entry::lastBackupAt),
          new ListColumn<>("lastBackupBy", DevicePage.Entry::lastBackupBy));

  /** Exports of one person in an hour. */
  private static final ActorLimit LIMIT = new ActorLimit(20, Duration.ofHours(1), 1000);

  @Inject private ListExportSteps exportSteps;
  @Inject private CurrentCaller currentCaller;
  @Inject private Clock clock;

  /** A column of a file: its head, and what a row has there. */
  private record ListColumn<R>(String head, Function<R, @Nullable Object> value) {

    static <R> List<String> heads(List<ListColumn<R>> columns) {
      return columns.stream().map(ListColumn::head).toList();
    }

    static <R> List<Object> cells(List<ListColumn<R>> columns, R row) {
      return columns.stream().map(column -> cell(column.value().apply(row))).toList();
    }

    /** Numbers stay numbers. */
    private static Object cell(@Nullable Object value) {
      return switch (value) {
        case null -> "";
        case Number number -> number;
        case Object other -> other.toString();
      };
    }
  }

  /** Which kind of file. */
  public enum Format {
    /** Comma-separated values. */
    CSV,
    /** A workbook, which keeps numbers as numbers. */
    XLSX;

    private SpreadsheetWriter begin(ExportedList kind, OutputStream to) {
      return this == CSV ? new CsvWriter(to) : new XlsxWriter(to, kind.text());
    }
  }

  /** Leaves the trace; refused when this person has made too many. To be called before a file. */
  public void begin(ExportedList kind) {
    Caller caller = currentCaller.caller();
    String actor = caller.issuer() + " " + caller.subject();
    Instant now = clock.instant();
    if (!LIMIT.allow(actor, now)) {
      throw Refusal.retryAfter(ProblemCode.TOO_MANY_REQUESTS, LIMIT.secondsUntilNext(actor, now));
    }
    exportSteps.record(kind);
  }

  /** Writes the employees that the query finds. */
  public void employees(EmployeeCriteria query, Format format, OutputStream to) throws IOException {
    Instant now = clock.instant();
    DepartmentScope scope = currentCaller.caller().scope();
    SpreadsheetWriter file = format.begin(ExportedList.EMPLOYEES, to);
    file.head(ListColumn.heads(EMPLOYEE_COLUMNS));
    int written = 0;
    String cursor = null;
    do {
      EmployeePage page = exportSteps.employees(query, scope, cursor, now);
      written = bounded(written + page.employees().size());
      for (EmployeeRow row : page.employees()) {
        file.row(ListColumn.cells(EMPLOYEE_COLUMNS, row));
      }
      cursor = page.next();
    } while (cursor != null);
    file.end();
  }

  /** Writes the devices that the query finds. */
  public void devices(DeviceCriteria query, Format format, OutputStream to) throws IOException {
    Instant now = clock.instant();
    DepartmentScope scope = currentCaller.caller().scope();
    SpreadsheetWriter file = format.begin(ExportedList.DEVICES, to);
    file.head(ListColumn.heads(DEVICE_COLUMNS));
    int written = 0;
    String cursor = null;
    do {
      DevicePage page = exportSteps.devices(query, scope, cursor, now);
      written = bounded(written + page.devices().size());
      for (DevicePage.Entry row : page.devices()) {
        file.row(ListColumn.cells(DEVICE_COLUMNS, row));
      }
      cursor = page.next();
    } while (cursor != null);
    file.end();
  }

  private static int bounded(int rows) {
    if (rows > MAX_ROWS) {
      throw new IllegalStateException("a list has more than " + MAX_ROWS + " rows");
    }
    return rows;
  }
}
