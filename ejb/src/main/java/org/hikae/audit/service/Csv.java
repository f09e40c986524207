package org.hikae.audit.service;

import java.util.stream.Collectors;
import org.hikae.audit.control.ExportHead;
import org.hikae.audit.entity.ChainedEvent;
import org.hikae.spreadsheet.control.SheetCell;

/**
 * Comma-separated values (RFC 4180) for a spreadsheet; not made to be checked. A value that a
 * spreadsheet would take for a formula gets an apostrophe in front.
 */
public final class Csv implements TrailFormat {

  @Override
  public String begin(ExportHead head) {
    return String.join(",", TrailSheet.COLUMNS);
  }

  @Override
  public String event(ChainedEvent chained) {
    return TrailSheet.cells(chained).stream()
        .map(cell -> SheetCell.of(cell.toString()))
        .collect(Collectors.joining(","));
  }

  @Override
  public String end(long events, String sha256, String receipt) {
    return "";
  }
}
