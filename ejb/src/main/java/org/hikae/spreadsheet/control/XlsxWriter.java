package org.hikae.spreadsheet.control;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * A workbook with one sheet (Office Open XML). Text stands in its cell as text, whatever it begins
 * with: nothing in it is ever calculated. Rows leave memory every so often. A file without {@link
 * #end} lacks the list of its parts, and no spreadsheet opens it.
 */
public final class XlsxWriter implements SpreadsheetWriter {

  /** Rows that wait in memory at most. */
  static final int AT_ONCE = 500;

  private static final String PROGRAM = "Hikae";
  private static final String PROGRAM_VERSION = "1.0";
  private static final double COLUMN_CHARS = 24;

  private final Workbook workbook;
  private final Worksheet sheet;
  private int row;

  /**
   * Begins a file.
   *
   * @param name of the sheet
   */
  public XlsxWriter(OutputStream to, String name) {
    workbook = new Workbook(new UnclosedStream(to), PROGRAM, PROGRAM_VERSION);
    sheet = workbook.newWorksheet(name);
  }

  @Override
  public void head(List<String> columns) throws IOException {
    IntStream.range(0, columns.size()).forEach(column -> sheet.width(column, COLUMN_CHARS));
    sheet.freezePane(0, 1);
    row(List.copyOf(columns));
    sheet.range(0, 0, 0, columns.size() - 1).style().bold().set();
  }

  @Override
  public void row(List<Object> cells) throws IOException {
    for (int column = 0; column < cells.size(); column++) {
      Object cell = cells.get(column);
      if (cell instanceof Number number) {
        sheet.value(row, column, number);
      } else if (!cell.toString().isEmpty()) {
        // Not the workbook's table of texts, which grows with every name.
        sheet.inlineString(row, column, cell.toString());
      }
    }
    row++;
    if (row % AT_ONCE == 0) {
      sheet.flush();
    }
  }

  @Override
  public void end() throws IOException {
    workbook.finish();
  }

  /** Passes everything on but the end of the stream, which belongs to who opened it. */
  private static final class UnclosedStream extends FilterOutputStream {

    private UnclosedStream(OutputStream to) {
      super(to);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
