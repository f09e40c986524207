package org.hikae.insight.report.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.hikae.insight.report.value.MonthlyReportColumn;
import org.hikae.insight.report.value.MonthlyReportContent;
import org.hikae.insight.report.value.MonthlyReportPeriod;
import org.hikae.insight.report.value.MonthlyReportRow;
import org.hikae.insight.report.view.MonthlyReportDocument;
import org.hikae.spreadsheet.control.CsvWriter;
import org.hikae.spreadsheet.control.SpreadsheetWriter;

/**
 * Writes a report as CSV, one figure a line, by names that do not depend on the language: so the
 * files of several months can stand below each other.
 */
public final class MonthlyReportCsvWriter {

  /** Columns of the file. */
  static final List<String> HEAD = List.of("month", "section", "row", "column", "value");

  private static final String ITSELF = "report";

  private MonthlyReportCsvWriter() {}

  /** The file. */
  public static byte[] write(MonthlyReportDocument document) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MonthlyReportContent content = document.content();
    String month = content.period().text();
    try {
      SpreadsheetWriter file = new CsvWriter(out);
      file.head(HEAD);
      file.row(List.of(month, ITSELF, "", "portal", document.portalUrl()));
      file.row(List.of(month, ITSELF, "", "counted-at", content.countedAt().toString()));
      file.row(List.of(month, ITSELF, "", "zone", MonthlyReportPeriod.ZONE.getId()));
      file.row(List.of(month, ITSELF, "", "preview", Boolean.toString(content.isPreview())));
      for (MonthlyReportRow row : content.rows()) {
        List<MonthlyReportColumn> columns = row.section().columns();
        for (int i = 0; i < columns.size(); i++) {
          write(file, document, row, i);
        }
      }
      file.end();
    } catch (IOException e) {
      throw new UncheckedIOException("Memory is always writable.", e);
    }
    return out.toByteArray();
  }

  private static void write(
      SpreadsheetWriter file, MonthlyReportDocument document, MonthlyReportRow row, int place)
      throws IOException {
    MonthlyReportColumn column = row.section().columns().get(place);
    String value = row.values().get(place);
    List<Object> before =
        List.of(document.content().period().text(), row.section().code(), row.name());
    boolean person = column.form() == MonthlyReportColumn.Form.PERSON && !value.isEmpty();
    file.row(line(before, column.code(), person ? document.person(value) : value));
    if (person) {
      file.row(line(before, column.code() + "-account", MonthlyReportDocument.subject(value)));
    }
  }

  private static List<Object> line(List<Object> before, String column, String value) {
    return List.of(before.get(0), before.get(1), before.get(2), column, value);
  }
}
