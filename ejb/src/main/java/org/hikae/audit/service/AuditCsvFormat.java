package org.hikae.audit.service;

import java.util.stream.Collectors;
import org.hikae.audit.control.AuditExportHeader;
import org.hikae.audit.entity.ChainedEvent;
import org.hikae.spreadsheet.control.SpreadsheetCell;

/**
 * Comma-separated values (RFC 4180) for a spreadsheet; not made to be checked. A value that a
 * spreadsheet would take for a formula gets an apostrophe in front.
 */
public final class AuditCsvFormat implements AuditExportFormat {

  @Override
  public String begin(AuditExportHeader head) {
    return String.join(",", AuditSpreadsheetColumns.COLUMNS);
  }

  @Override
  public String event(ChainedEvent chained) {
    return AuditSpreadsheetColumns.cells(chained).stream()
        .map(cell -> SpreadsheetCell.of(cell.toString()))
        .collect(Collectors.joining(","));
  }

  @Override
  public String end(long events, String sha256, String receipt) {
    return "";
  }
}
