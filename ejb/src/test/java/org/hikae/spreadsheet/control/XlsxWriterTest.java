package org.hikae.spreadsheet.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A workbook is read back with nothing but the JDK. */
@EveryThirdRun
class XlsxWriterTest {

  private static final String SHEET = "xl/worksheets/sheet1.xml";
  private static final int MANY = 100_000;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** By the list of parts at its end, as spreadsheets read it. */
  private static Map<String, Document> parts(byte[] bytes) throws Exception {
    Path file = Files.write(Files.createTempFile("sheet", ".xlsx"), bytes);
    Map<String, Document> parts = new HashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        parts.put(
            entry.getName(),
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(zip.getInputStream(entry)));
      }
    } finally {
      Files.delete(file);
    }
    return parts;
  }

  private static List<Element> elements(Document part, String name) {
    NodeList found = part.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }

  @Test
  void text_stays_text_and_numbers_stay_numbers() throws Exception {
    XlsxWriter file = new XlsxWriter(out, "employees");
    file.head(List.of("name", "bytes", "seen"));
    file.row(List.of("=1+1", 5_000_000_000_000L, ""));
    file.row(List.of("+1", 0L, "-1"));
    file.row(List.of("@SUM(A1)", 1L, "佐藤 <&\" \u0001\uD83D\uDE00"));
    file.end();
    Map<String, Document> parts = parts(out.toByteArray());
    Document sheet = parts.get(SHEET);
    assertThat(elements(parts.get("xl/workbook.xml"), "sheet"))
        .extracting(element -> element.getAttribute("name"))
        .containsExactly("employees");
    assertThat(elements(sheet, "f")).isEmpty();
    List<Element> cells = elements(sheet, "c");
    assertThat(cells)
        .extracting(Element::getTextContent)
        .startsWith("name", "bytes", "seen", "=1+1", "5000000000000", "+1", "0", "-1", "@SUM(A1)");
    assertThat(cells.getLast().getTextContent()).startsWith("佐藤 <&\"").endsWith("\uD83D\uDE00");
    assertThat(cells.get(3).getAttribute("t")).isEqualTo("inlineStr");
    assertThat(cells.get(4).getAttribute("t")).isIn("", "n");
  }

  @Test
  void the_head_stays_in_sight_in_bold_over_columns_that_are_wide_enough() throws Exception {
    XlsxWriter file = new XlsxWriter(out, "employees");
    file.head(List.of("name", "bytes"));
    file.row(List.of("a", 1L));
    file.end();
    Map<String, Document> parts = parts(out.toByteArray());
    Document sheet = parts.get(SHEET);
    assertThat(elements(sheet, "col"))
        .extracting(col -> col.getAttribute("min"), col -> col.getAttribute("width"))
        .containsExactly(tuple("1", "24.0"), tuple("2", "24.0"));
    assertThat(elements(sheet, "pane"))
        .extracting(pane -> pane.getAttribute("topLeftCell"), pane -> pane.getAttribute("state"))
        .containsExactly(tuple("A2", "frozen"));
    List<String> styles =
        elements(sheet, "c").stream().map(cell -> cell.getAttribute("s")).toList();
    assertThat(styles.get(0)).isEqualTo(styles.get(1)).isNotIn("", "0");
    assertThat(styles.get(2)).isIn("", "0");
    assertThat(elements(parts.get("xl/styles.xml"), "b")).hasSize(1);
  }

  @Test
  void rows_leave_while_others_are_written_and_all_arrive() throws Exception {
    XlsxWriter file = new XlsxWriter(out, "devices");
    file.head(List.of("name"));
    for (int i = 0; i < MANY / 2; i++) {
      file.row(List.of("laptop " + i));
    }
    int half = out.size();
    for (int i = MANY / 2; i < MANY; i++) {
      file.row(List.of("laptop " + i));
    }
    file.end();
    assertThat(half).isBetween(out.size() / 3, out.size() * 2 / 3);
    assertThat(elements(parts(out.toByteArray()).get(SHEET), "row")).hasSize(MANY + 1);
  }

  @Test
  void the_stream_of_the_answer_stays_open_and_its_failure_is_not_hidden() throws Exception {
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("gone");
          }

          @Override
          public void close() {
            throw new AssertionError("closed");
          }
        };
    XlsxWriter file = new XlsxWriter(failing, "devices");
    file.head(List.of("name"));
    assertThatThrownBy(file::end).isInstanceOf(IOException.class);
    XlsxWriter good =
        new XlsxWriter(
            new ByteArrayOutputStream() {
              @Override
              public void close() {
                throw new AssertionError("closed");
              }
            },
            "devices");
    good.head(List.of("name"));
    good.end();
  }
}
