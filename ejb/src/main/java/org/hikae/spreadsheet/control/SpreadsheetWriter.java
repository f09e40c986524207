package org.hikae.spreadsheet.control;

import java.io.IOException;
import java.util.List;

/**
 * A file for spreadsheets that is written row by row while it is sent. What is not brought to its
 * end is no file that a spreadsheet opens, or visibly a part of one.
 */
public interface SpreadsheetWriter {

  /** Writes the names of the columns; once, before all rows. */
  void head(List<String> columns) throws IOException;

  /**
   * Writes a row.
   *
   * @param cells a number where one may add up, else text; empty text for nothing
   */
  void row(List<Object> cells) throws IOException;

  /** Ends the file; the stream stays open. */
  void end() throws IOException;
}
