package org.hikae.spreadsheet.control;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values (RFC 4180) in UTF-8 with a byte order mark, which spreadsheets need. */
public final class CsvWriter implements SpreadsheetWriter {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final OutputStream to;

  /** Begins a file. */
  public CsvWriter(OutputStream to) {
    this.to = to;
  }

  @Override
  public void head(List<String> columns) throws IOException {
    to.write(BYTE_ORDER_MARK.getBytes(StandardCharsets.UTF_8));
    row(List.copyOf(columns));
  }

  @Override
  public void row(List<Object> cells) throws IOException {
    String line =
        cells.stream()
                .map(cell -> SpreadsheetCell.of(cell.toString()))
                .collect(Collectors.joining(","))
            + "\r\n";
    to.write(line.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void end() {
    // Its last row is its end.
  }
}
