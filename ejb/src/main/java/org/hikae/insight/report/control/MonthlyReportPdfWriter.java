package org.hikae.insight.report.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.hikae.insight.report.control.MonthlyReportCanvas.Cell;
import org.hikae.insight.report.value.MonthlyReportColumn;
import org.hikae.insight.report.value.MonthlyReportColumn.Form;
import org.hikae.insight.report.value.MonthlyReportContent;
import org.hikae.insight.report.value.MonthlyReportRow;
import org.hikae.insight.report.value.MonthlyReportSection;
import org.hikae.insight.report.view.MonthlyReportDocument;
import org.hikae.runtime.control.NumberText;

/** Writes a report as PDF on A4 pages, in one language, with the font embedded. */
public final class MonthlyReportPdfWriter {

  /** What names of rows end with that count bytes among numbers. */
  private static final String BYTES = "-bytes";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private static final float TEXT = 9;
  private static final float SMALL = 7.5f;
  private static final float HEADING = 12.5f;
  private static final float BAR_HEIGHT = 42;
  private static final float ROW_GAP = 2;

  /**
   * The libraries tell the log that the font has no glyph names, which no report needs. Held here,
   * because the logging system forgets a logger that nobody holds.
   */
  private static final List<Logger> LIBRARIES =
      List.of(Logger.getLogger("org.apache.pdfbox"), Logger.getLogger("org.apache.fontbox"));

  private final MonthlyReportMessages messages;

  /** Writes in a language: {@code en} or {@code ja}. */
  public MonthlyReportPdfWriter(String language) {
    messages = new MonthlyReportMessages(language);
  }

  /** The file; of the same report it says the same each time. */
  public byte[] write(MonthlyReportDocument report) {
    LIBRARIES.forEach(library -> library.setLevel(Level.SEVERE));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MonthlyReportContent content = report.content();
    String title = messages.text("title", messages.month(content.period().month()));
    try (PDDocument document = new PDDocument();
        MonthlyReportFont font = MonthlyReportFont.load(document, messages.locale())) {
      document.getDocumentCatalog().setLanguage(messages.locale().toLanguageTag());
      document.setDocumentInformation(about(title, content.countedAt()));
      document.setDocumentId(content.countedAt().toEpochMilli());
      try (MonthlyReportCanvas canvas = new MonthlyReportCanvas(document, font)) {
        head(canvas, report, title);
        for (MonthlyReportSection section : MonthlyReportSection.values()) {
          section(canvas, report, section);
        }
        canvas.end(title, SMALL);
      }
      document.save(out);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory is always writable.", e);
    }
    return out.toByteArray();
  }

  private static PDDocumentInformation about(String title, Instant made) {
    PDDocumentInformation about = new PDDocumentInformation();
    about.setTitle(title);
    about.setCreator("Hikae");
    about.setCreationDate(GregorianCalendar.from(made.atZone(ZoneOffset.UTC)));
    return about;
  }

  private void head(MonthlyReportCanvas canvas, MonthlyReportDocument report, String title)
      throws IOException {
    MonthlyReportContent content = report.content();
    canvas.paragraph(title, 20);
    canvas.skip(4);
    if (content.isPreview()) {
      canvas.paragraph(messages.text("preview"), 11);
    }
    canvas.paragraph(messages.text("portal", report.portalUrl()), TEXT);
    canvas.paragraph(messages.text("counted", time(content.countedAt())), TEXT);
    canvas.paragraph(messages.text("zone"), TEXT);
  }

  private void section(
      MonthlyReportCanvas canvas, MonthlyReportDocument report, MonthlyReportSection section)
      throws IOException {
    canvas.heading(messages.text("section." + section.code()), HEADING);
    List<MonthlyReportRow> rows = report.content().of(section);
    String note = messages.textOr("note." + section.code(), "");
    if (!note.isEmpty()) {
      canvas.paragraph(note, SMALL);
      canvas.skip(ROW_GAP);
    }
    if (rows.isEmpty()) {
      canvas.paragraph(messages.text("none." + section.code()), TEXT);
      return;
    }
    if (section == MonthlyReportSection.TREND) {
      canvas.bars(rows.stream().map(MonthlyReportPdfWriter::share).toList(), BAR_HEIGHT);
    }
    float size = section == MonthlyReportSection.POLICY ? SMALL : TEXT;
    List<Cell> head = headCells(section);
    boolean headed = section.columns().size() > 1;
    if (headed) {
      head(canvas, head, size);
    }
    for (MonthlyReportRow row : rows) {
      if (row.name().equals(MonthlyReportRow.MORE)) {
        canvas.paragraph(messages.text("more", String.join("", row.values())), TEXT);
        continue;
      }
      List<Cell> cells = cells(report, row, head);
      if (canvas.require(canvas.height(cells, size) + ROW_GAP) && headed) {
        head(canvas, head, size);
      }
      canvas.row(cells, size);
      canvas.skip(ROW_GAP);
    }
  }

  private static void head(MonthlyReportCanvas canvas, List<Cell> head, float size)
      throws IOException {
    canvas.row(head, size);
    canvas.rule(2, 0.25f);
    canvas.skip(ROW_GAP * 2);
  }

  /** What of the devices was protected on a day. */
  private static float share(MonthlyReportRow row) {
    int all = row.section().columns().indexOf(MonthlyReportColumn.DEVICES);
    int fresh = row.section().columns().indexOf(MonthlyReportColumn.FRESH_DEVICES);
    long devices = Long.parseLong(row.values().get(all));
    return devices == 0 ? 0 : (float) Long.parseLong(row.values().get(fresh)) / devices;
  }

  /** The names of the columns; the first is that of what rows are about, if it is shown. */
  private List<Cell> headCells(MonthlyReportSection section) {
    List<Cell> cells = new ArrayList<>();
    float name = nameWidth(section);
    if (name > 0) {
      String about = messages.textOr("about." + section.code(), "");
      cells.add(new Cell(about, MonthlyReportCanvas.LEFT, name, false));
    }
    List<MonthlyReportColumn> columns = section.columns();
    float width = (MonthlyReportCanvas.RIGHT - MonthlyReportCanvas.LEFT - name) / columns.size();
    for (int i = 0; i < columns.size(); i++) {
      MonthlyReportColumn column = columns.get(i);
      boolean number = column.form() == Form.NUMBER || column.form() == Form.BYTES;
      float x = MonthlyReportCanvas.LEFT + name + i * width;
      cells.add(new Cell(messages.text("column." + column.code()), x, width, number));
    }
    return cells;
  }

  private static float nameWidth(MonthlyReportSection section) {
    return switch (section) {
      case POLICY -> 0;
      case TREND -> 90;
      case DEPARTMENTS -> 200;
      case STORAGE -> 240;
      default -> 400;
    };
  }

  private List<Cell> cells(MonthlyReportDocument report, MonthlyReportRow row, List<Cell> head) {
    List<String> texts = new ArrayList<>();
    if (nameWidth(row.section()) > 0) {
      texts.add(name(row));
    }
    for (int i = 0; i < row.values().size(); i++) {
      texts.add(value(report, row, row.section().columns().get(i), row.values().get(i)));
    }
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < head.size(); i++) {
      Cell at = head.get(i);
      cells.add(new Cell(texts.get(i), at.x(), at.width(), at.right()));
    }
    return cells;
  }

  private String name(MonthlyReportRow row) {
    String key = "row." + row.section().code() + "." + row.name();
    return messages.textOr(key, row.name());
  }

  private String value(
      MonthlyReportDocument report,
      MonthlyReportRow row,
      MonthlyReportColumn column,
      String value) {
    if (value.isEmpty()) {
      return messages.text("empty." + column.form());
    }
    return switch (column.form()) {
      case NUMBER ->
          row.name().endsWith(BYTES)
              ? NumberText.bytes(Long.parseLong(value))
              : NumberText.count(Long.parseLong(value));
      case BYTES -> NumberText.bytes(Long.parseLong(value));
      case TIME -> time(Instant.parse(value));
      case PERSON -> report.person(value);
      case TEXT -> messages.textOr(column.code() + "." + value, value);
    };
  }

  private static String time(Instant at) {
    return TIME.format(at.atZone(ZoneOffset.UTC));
  }
}
