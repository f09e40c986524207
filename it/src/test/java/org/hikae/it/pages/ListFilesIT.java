package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hikae.it.client.HostileNames;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Lists as files for spreadsheets, from the page to the file and back. Time budget: 30 seconds
 * beside the system's start.
 */
@FullRunOnly
class ListFilesIT {

  private static PagesFixture pagesFixture;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
  }

  /** The rows of the only sheet; a cell that is not there is empty. */
  static List<List<String>> rows(Path file, int columns) throws Exception {
    List<List<String>> rows = new ArrayList<>();
    try (ZipFile zip = new ZipFile(file.toFile());
        InputStream sheet = zip.getInputStream(zip.getEntry("xl/worksheets/sheet1.xml"))) {
      NodeList found =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(sheet)
              .getElementsByTagName("row");
      for (int i = 0; i < found.getLength(); i++) {
        List<String> cells = new ArrayList<>(Collections.nCopies(columns, ""));
        NodeList row = ((Element) found.item(i)).getElementsByTagName("c");
        for (int j = 0; j < row.getLength(); j++) {
          Element cell = (Element) row.item(j);
          cells.set(cell.getAttribute("r").charAt(0) - 'A', cell.getTextContent());
        }
        rows.add(cells);
      }
    }
    return rows;
  }

  /** The same out of a file whose values hold neither commas nor quotes. */
  private static List<List<String>> lines(Path file) throws Exception {
    String text = Files.readString(file);
    // Spreadsheets know by this mark that it is UTF-8.
    assertThat(text).startsWith("\uFEFF");
    return text.substring(1)
        .lines()
        .map(line -> Arrays.stream(line.split(",", -1)).map(ListFilesIT::unguarded).toList())
        .toList();
  }

  private static List<String> of(PagesFixture.Participant participant, List<List<String>> rows) {
    return rows.stream()
        .filter(row -> row.getFirst().equals(participant.device().id()))
        .findFirst()
        .orElseThrow();
  }

  private static String unguarded(String cell) {
    return cell.startsWith("'") ? cell.substring(1) : cell;
  }

  @Test
  void a_workbook_holds_what_the_filtered_list_holds_and_no_formula() throws Exception {
    PagesFixture.Participant participant = pagesFixture.hostileParticipant();
    String name = HostileNames.of(100);
    pagesFixture.backUp(participant);
    String username = participant.person().username();
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.people().named("helpdesk"), "/admin/employees?text=" + username);
      Path list = browser.download("[id='list:download']");
      assertThat(Files.readString(list))
          .contains(",'" + HostileNames.given())
          .doesNotContain("," + HostileNames.given());
      List<List<String>> employees = lines(list);
      Path workbook = browser.download("[id='list:workbook']");
      assertThat(workbook.getFileName()).hasToString("hikae-employees.xlsx");
      assertThat(rows(workbook, employees.getFirst().size())).hasSize(2).isEqualTo(employees);
      assertThat(employees.getFirst().getFirst()).isEqualTo("employeeId");
      assertThat(employees.getLast()).contains(username);
      browser.open("/admin/devices?lately=ADDED");
      Path file = browser.download("[id='list:download']");
      assertThat(Files.readString(file))
          .contains(",'" + name + ",")
          .doesNotContain("," + name, "," + HostileNames.given());
      List<List<String>> devices = lines(file);
      List<List<String>> sheet =
          rows(browser.download("[id='list:workbook']"), devices.getFirst().size());
      // Other tests add devices meanwhile.
      assertThat(sheet.getFirst()).isEqualTo(devices.getFirst());
      List<String> row = of(participant, sheet);
      assertThat(row).isEqualTo(of(participant, devices));
      assertThat(row.get(1)).isEqualTo(name);
    }
  }
}
