package org.hikae.rollout.control;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A strict reader of RFC 4180: UTF-8 with or without a byte order mark, lines that end with CRLF or
 * LF, fields in quotes where they hold commas, quotes or line ends, quotes doubled inside. What
 * spreadsheets add at the end, an empty line, is no row; any other deviation is an error with its
 * line.
 */
public final class CsvParser {

  private static final char QUOTE = '"';
  private static final char BOM = '\uFEFF';

  private final String text;
  private final int maxRows;
  private final List<Row> rows = new ArrayList<>();
  private int at;
  private int line = 1;

  /**
   * A row.
   *
   * @param line number of its first line in the file, from 1
   * @param fields at least one
   */
  public record Row(int line, List<String> fields) {}

  /** The file is no CSV; the message says what and where, and repeats nothing of it. */
  public static final class MalformedCsvException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedCsvException(String what) {
      super(what);
    }
  }

  private CsvParser(String text, int maxRows) {
    this.text = text;
    this.maxRows = maxRows;
  }

  /** All rows with the header, at most {@code maxRows}. */
  public static List<Row> parse(byte[] file, int maxRows) throws MalformedCsvException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedCsvException("The file is not UTF-8.");
    }
    boolean marked = !text.isEmpty() && text.charAt(0) == BOM;
    return new CsvParser(marked ? text.substring(1) : text, maxRows).all();
  }

  private List<Row> all() throws MalformedCsvException {
    while (at < text.length()) {
      int first = line;
      List<String> fields = row();
      boolean emptyLine = fields.size() == 1 && fields.getFirst().isEmpty();
      if (emptyLine && at >= text.length()) {
        break;
      }
      if (rows.size() >= maxRows) {
        throw new MalformedCsvException("The file has more than " + maxRows + " rows.");
      }
      rows.add(new Row(first, fields));
    }
    return rows;
  }

  private List<String> row() throws MalformedCsvException {
    List<String> fields = new ArrayList<>();
    while (true) {
      fields.add(at < text.length() && text.charAt(at) == QUOTE ? quoted() : plain());
      if (at >= text.length() || endOfLine()) {
        return fields;
      }
      // Only a comma is left: both kinds of field end at nothing else.
      at++;
    }
  }

  private String plain() throws MalformedCsvException {
    int start = at;
    while (at < text.length() && text.charAt(at) != ',' && !atLineEnd()) {
      if (text.charAt(at) == QUOTE) {
        throw new MalformedCsvException("Line " + line + " has a quote inside a field.");
      }
      at++;
    }
    return text.substring(start, at);
  }

  private String quoted() throws MalformedCsvException {
    int first = line;
    StringBuilder field = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\n') {
        line++;
      }
      if (c != QUOTE) {
        field.append(c);
      } else if (at < text.length() && text.charAt(at) == QUOTE) {
        field.append(QUOTE);
        at++;
      } else if (at >= text.length() || text.charAt(at) == ',' || atLineEnd()) {
        return field.toString();
      } else {
        throw new MalformedCsvException("Line " + line + " goes on after a closing quote.");
      }
    }
    throw new MalformedCsvException("The quote of line " + first + " is never closed.");
  }

  private boolean atLineEnd() {
    return text.charAt(at) == '\n'
        || (text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n');
  }

  private boolean endOfLine() {
    if (!atLineEnd()) {
      return false;
    }
    at += text.charAt(at) == '\r' ? 2 : 1;
    line++;
    return true;
  }
}
