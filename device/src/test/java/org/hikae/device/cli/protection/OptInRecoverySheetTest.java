package org.hikae.device.cli.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.hikae.device.cli.harness.CompanyFixture;
import org.hikae.device.cli.harness.FirstDeviceTestBase;
import org.hikae.device.company.FakeCompany;
import org.junit.jupiter.api.Test;

/** The recovery sheet as the command line makes it. */
class OptInRecoverySheetTest extends FirstDeviceTestBase {

  @Test
  void opting_in_writes_the_sheet_of_the_very_key_that_it_shows() throws Exception {
    Path file = folder.resolve("my sheet.pdf");

    CompanyFixture.NewKeyCommand newKeyCommand =
        companyFixture.optsIn(device, "--json", "--sheet", file.toString());

    assertThat(newKeyCommand.exit()).as(device.err()).isZero();
    assertThat(text(file))
        .contains(newKeyCommand.rows())
        .contains("Ann", FakeCompany.SUBJECT, companyFixture.company().url())
        .contains(companyFixture.company().vault().rootFingerprint().substring(0, 4));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(device.out()).contains("{\"event\":\"sheet\",\"path\":\"" + file + "\"");
    assertThat(device.err()).contains("print it and delete it");
    assertThat(companyFixture.company().requests().toString()).doesNotContain("sheet");
  }

  @Test
  void a_file_that_is_there_stops_the_opt_in_before_it_begins() throws Exception {
    Path file = Files.writeString(folder.resolve("sheet.pdf"), "an older one");

    int exit = device.run("optin", "--yes", "--protect", "digit-key", "--sheet", file.toString());

    assertThat(exit).isEqualTo(9);
    assertThat(device.err()).contains("never overwritten");
    assertThat(file).hasContent("an older one");
    assertThat(companyFixture.company().state()).isEqualTo("NOT_OPTED_IN");
  }

  @Test
  void an_opt_in_that_fails_later_says_that_the_sheet_may_be_of_no_use() throws Exception {
    Path file = folder.resolve("sheet.pdf");

    CompanyFixture.NewKeyCommand newKeyCommand =
        companyFixture.makesDigits(
            device, true, "optin", "--yes", "--protect", "digit-key", "--sheet", file.toString());

    assertThat(newKeyCommand.exit()).isEqualTo(6);
    assertThat(device.err()).contains("may never have counted");
    assertThat(file).exists();
  }

  @Test
  void without_a_new_key_there_is_no_sheet() throws Exception {
    Path file = folder.resolve("sheet.pdf");

    int exit =
        device.run(
            "optin",
            "--yes",
            "--protect",
            "password",
            "--password-fd",
            companyFixture.line(CompanyFixture.PASSWORD),
            "--sheet",
            file.toString());

    assertThat(exit).as(device.err()).isZero();
    assertThat(device.err()).contains("No new 64-digit key");
    assertThat(file).doesNotExist();
  }

  private static String text(Path file) throws Exception {
    try (PDDocument document = Loader.loadPDF(Files.readAllBytes(file))) {
      return new PDFTextStripper().getText(document);
    }
  }
}
