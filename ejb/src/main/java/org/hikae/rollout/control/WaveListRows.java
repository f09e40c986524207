package org.hikae.rollout.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hikae.problem.control.PlainTextCheck;
import org.hikae.rollout.control.CsvParser.MalformedCsvException;
import org.hikae.rollout.view.WaveListFault;
import org.hikae.schema.value.TextTruncation;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a list, each with the name in the column that names people.
 *
 * @param column username, email or subject
 * @param rows below the header
 */
public record WaveListRows(String column, List<NamedRow> rows) {

  /** Longest name, in characters. */
  public static final int MAX_CHARS = 255;

  /** Columns that can name people, the surest last. */
  public static final List<String> COLUMNS = List.of("username", "email", "subject");

  /** Most characters of a row that are told again. */
  private static final int SHOWN_CHARS = 60;

  /**
   * A row.
   *
   * @param line its number in the file, from 1
   * @param name what names the person, without space around it; all of a row whose columns do not
   *     fit
   * @param fault what is wrong with the row itself; null when nothing is
   */
  public record NamedRow(int line, String name, @Nullable WaveListFault fault) {

    /** The beginning of the name as people can read it: what cannot be seen is told by its code. */
    public String shown() {
      StringBuilder shown = new StringBuilder();
      String beginning = TextTruncation.to(name, SHOWN_CHARS);
      beginning
          .codePoints()
          .forEach(
              c -> {
                if (isSeen(c)) {
                  shown.appendCodePoint(c);
                } else {
                  shown.append(String.format(Locale.ROOT, "\\u%04X", c));
                }
              });
      return beginning.length() < name.length() ? shown.append('…').toString() : shown.toString();
    }

    /** Not what steers the text around it, such as its direction. */
    private static boolean isSeen(int codePoint) {
      return switch (Character.getType(codePoint)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.SURROGATE,
            Character.UNASSIGNED,
            Character.PRIVATE_USE,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR ->
            false;
        default -> true;
      };
    }
  }

  /**
   * Reads a list.
   *
   * @param wanted the column to take; null for the first that the header has
   * @param maxRows most rows below the header
   */
  public static WaveListRows parse(byte[] file, @Nullable String wanted, int maxRows)
      throws MalformedCsvException {
    List<CsvParser.Row> all = CsvParser.parse(file, maxRows + 1);
    if (all.isEmpty()) {
      throw new MalformedCsvException("The file is empty.");
    }
    List<String> header =
        all.getFirst().fields().stream().map(f -> f.strip().toLowerCase(Locale.ROOT)).toList();
    String column = column(header, wanted);
    int place = header.indexOf(column);
    List<NamedRow> rows = new ArrayList<>();
    for (CsvParser.Row row : all.subList(1, all.size())) {
      boolean fits = row.fields().size() == header.size();
      String name = fits ? row.fields().get(place).strip() : String.join(",", row.fields());
      rows.add(new NamedRow(row.line(), name, fits ? fault(name) : WaveListFault.COLUMNS));
    }
    return new WaveListRows(column, rows);
  }

  private static String column(List<String> header, @Nullable String wanted)
      throws MalformedCsvException {
    Optional<String> found =
        header.stream()
            .filter(name -> wanted == null ? COLUMNS.contains(name) : name.equals(wanted))
            .findFirst();
    return found.orElseThrow(
        () ->
            new MalformedCsvException(
                "The first line must be a header with the column "
                    + (wanted == null ? String.join(", ", COLUMNS) : wanted)
                    + "."));
  }

  private static @Nullable WaveListFault fault(String name) {
    if (name.isEmpty()) {
      return WaveListFault.EMPTY;
    }
    if (!PlainTextCheck.isStorable(name)) {
      // No database would even be asked for such a name.
      return WaveListFault.UNKNOWN;
    }
    return name.length() > MAX_CHARS ? WaveListFault.TOO_LONG : null;
  }
}
