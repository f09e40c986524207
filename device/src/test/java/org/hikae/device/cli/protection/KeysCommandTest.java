package org.hikae.device.cli.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.hikae.device.cli.harness.AcceptedPassword;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyFixture;
import org.hikae.device.cli.harness.FirstDeviceTestBase;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.VaultMessageType;
import org.junit.jupiter.api.Test;

/**
 * What opens the backup, listed, added, replaced and dropped (HK1-K-12). Budget: 60 seconds, most
 * of it wrong guesses.
 */
@EveryThirdRun
class KeysCommandTest extends FirstDeviceTestBase {

  private static final String OTHER = "amber lantern whistle canyon 77";

  private static String lines(List<String> rows) {
    return String.join("\n", rows);
  }

  /** Whether a device without the key can unlock so. */
  private int unlocks(String device, String option, String secret) throws Exception {
    return companyFixture.device(device).run("optin", option, companyFixture.line(secret));
  }

  @Test
  void a_sheet_can_be_made_again_from_digits_that_open_the_backup() throws Exception {
    CompanyFixture.NewKeyCommand newKeyCommand = companyFixture.optsIn(device);
    Path file = folder.resolve("again.pdf");
    AgentHarness second = companyFixture.device("second");

    int exit =
        second.run(
            "sheet",
            file.toString(),
            "--digit-key-fd",
            companyFixture.line(lines(newKeyCommand.rows())));

    assertThat(exit).as(second.err()).isZero();
    try (PDDocument document = Loader.loadPDF(Files.readAllBytes(file))) {
      assertThat(new PDFTextStripper().getText(document))
          .contains(newKeyCommand.rows())
          .contains("Ann");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(second.out()).contains("No device keeps the 64 digits");
    assertThat(companyFixture.company().requests().toString()).doesNotContain("sheet");
    byte[] before = Files.readAllBytes(file);
    exit =
        second.run(
            "sheet",
            file.toString(),
            "--digit-key-fd",
            companyFixture.line(lines(newKeyCommand.rows())));
    assertThat(exit).isEqualTo(9);
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void no_sheet_is_made_of_digits_that_open_nothing_or_where_there_are_none() throws Exception {
    Path file = folder.resolve("sheet.pdf");
    optInWithPassword();
    assertThat(device.run("sheet", file.toString())).isEqualTo(6);
    assertThat(device.err()).contains("hikae keys add digits");

    List<String> rows = companyFixture.makesDigits(device, false, "keys", "add", "digits").rows();
    CompanyFixture.NewKeyCommand other =
        companyFixture.makesDigits(device, false, "keys", "new-digits");
    assertThat(other.exit()).as(device.err()).isZero();
    int exit =
        device.run("sheet", file.toString(), "--digit-key-fd", companyFixture.line(lines(rows)));
    assertThat(exit).isEqualTo(8);
    assertThat(file).doesNotExist();
  }

  @Test
  void keys_lists_what_opens_the_backup_in_words_and_for_scripts() throws Exception {
    assertThat(device.run("keys")).isEqualTo(6);
    companyFixture.optsIn(device);
    assertThat(device.run("keys")).as(device.err()).isZero();
    assertThat(device.out())
        .contains("Password, since ")
        .contains("64-digit key, since ")
        .contains("this device (")
        .contains("This device has the key of your backup, generation 1.")
        .contains("Wrong passwords that are still allowed: 10")
        .doesNotContain("cut short");
    assertThat(device.run("keys", "--lang", "ja")).isZero();
    assertThat(device.out()).contains("64 桁の鍵: ");
    AgentHarness second = companyFixture.device("second");
    assertThat(second.run("keys", "--json")).isZero();
    assertThat(second.out())
        .contains("\"event\":\"wrap\"", "\"method\":\"DIGIT_KEY\"", "\"thisDevice\":false")
        .contains("\"event\":\"keys\"", "\"vaultRecord\":\"ACTIVE\"")
        .doesNotContain("heldGeneration\":1")
        .doesNotContain("blob");
    companyFixture.company().vault().down(true);
    assertThat(second.run("keys")).isZero();
    assertThat(second.out()).contains("does not have the key");
  }

  @Test
  void new_digits_work_and_the_old_ones_open_nothing_any_more() throws Exception {
    CompanyFixture.NewKeyCommand old = companyFixture.optsIn(device);
    Path sheet = folder.resolve("new.pdf");
    CompanyFixture.NewKeyCommand fresh =
        companyFixture.makesDigits(
            device, false, "keys", "new-digits", "--sheet", sheet.toString());

    assertThat(fresh.exit()).as(device.err()).isZero();
    assertThat(device.out()).contains("Destroy the old paper");
    assertThat(sheet).exists();
    assertThat(fresh.rows()).doesNotContainAnyElementsOf(old.rows());
    assertThat(companyFixture.company().wraps()).hasSize(2);
    assertThat(unlocks("second", "--digit-key-fd", lines(old.rows()))).isEqualTo(8);
    assertThat(unlocks("third", "--digit-key-fd", lines(fresh.rows()))).isZero();
  }

  @Test
  void a_row_typed_back_wrong_changes_nothing() throws Exception {
    CompanyFixture.NewKeyCommand old = companyFixture.optsIn(device);
    assertThat(companyFixture.makesDigits(device, true, "keys", "new-digits").exit()).isEqualTo(6);
    assertThat(companyFixture.company().wraps()).hasSize(2);
    assertThat(unlocks("second", "--digit-key-fd", lines(old.rows()))).isZero();
  }

  @Test
  void a_replacement_cut_short_leaves_both_and_is_finished_with_the_one_that_shall_stay()
      throws Exception {
    CompanyFixture.NewKeyCommand old = companyFixture.optsIn(device);
    companyFixture.company().failRevocations(1);
    CompanyFixture.NewKeyCommand fresh =
        companyFixture.makesDigits(device, false, "keys", "new-digits");
    assertThat(fresh.exit()).isEqualTo(5);
    assertThat(device.err()).contains("--finish");
    assertThat(device.run("keys")).isZero();
    assertThat(device.out()).contains("a replacement was cut short");
    assertThat(unlocks("second", "--digit-key-fd", lines(old.rows()))).isZero();
    assertThat(unlocks("third", "--digit-key-fd", lines(fresh.rows()))).isZero();

    int exit =
        device.run(
            "keys",
            "new-digits",
            "--finish",
            "--digit-key-fd",
            companyFixture.line(lines(fresh.rows())));
    assertThat(exit).as(device.err()).isZero();
    assertThat(unlocks("fourth", "--digit-key-fd", lines(old.rows()))).isEqualTo(8);
    assertThat(unlocks("fifth", "--digit-key-fd", lines(fresh.rows()))).isZero();
  }

  @Test
  void a_rerun_after_a_cut_ends_with_one_key_only() throws Exception {
    CompanyFixture.NewKeyCommand old = companyFixture.optsIn(device);
    companyFixture.company().failRevocations(1);
    companyFixture.makesDigits(device, false, "keys", "new-digits");
    CompanyFixture.NewKeyCommand last =
        companyFixture.makesDigits(device, false, "keys", "new-digits", "--json");
    assertThat(last.exit()).as(device.err()).isZero();
    assertThat(device.out()).contains("\"revoked\":2");
    assertThat(companyFixture.company().wraps()).hasSize(2);
    assertThat(unlocks("second", "--digit-key-fd", lines(old.rows()))).isEqualTo(8);
    assertThat(unlocks("third", "--digit-key-fd", lines(last.rows()))).isZero();
  }

  @Test
  void digits_are_added_and_dropped_and_dropping_takes_the_password() throws Exception {
    optInWithPassword();
    assertThat(device.run("keys", "new-digits")).isEqualTo(6);
    CompanyFixture.NewKeyCommand newKeyCommand =
        companyFixture.makesDigits(device, false, "keys", "add", "digits");
    assertThat(newKeyCommand.exit()).as(device.err()).isZero();
    assertThat(device.run("keys", "add", "digits")).isEqualTo(6);
    assertThat(device.err()).contains("hikae keys new-digits");
    assertThat(unlocks("second", "--digit-key-fd", lines(newKeyCommand.rows()))).isZero();

    assertThat(drop("digits", "--password-fd", "not the password 1")).isEqualTo(8);
    assertThat(companyFixture.company().wraps()).hasSize(2);
    assertThat(drop("digits", "--password-fd", CompanyFixture.PASSWORD)).as(device.err()).isZero();
    assertThat(unlocks("third", "--digit-key-fd", lines(newKeyCommand.rows()))).isEqualTo(8);
    assertThat(unlocks("fourth", "--password-fd", CompanyFixture.PASSWORD)).isZero();
    assertThat(drop("digits", "--password-fd", CompanyFixture.PASSWORD)).as("again").isZero();
  }

  private int drop(String which, String option, String secret) throws Exception {
    return device.run("keys", "drop", which, option, companyFixture.line(secret));
  }

  @Test
  void the_password_is_dropped_with_both_secrets_and_added_again() throws Exception {
    CompanyFixture.NewKeyCommand newKeyCommand = companyFixture.optsIn(device);
    assertThat(
            device.run(
                "keys",
                "drop",
                "password",
                "--digit-key-fd",
                companyFixture.line(lines(newKeyCommand.rows())),
                "--password-fd",
                companyFixture.line(CompanyFixture.PASSWORD)))
        .as(device.err())
        .isZero();
    assertThat(device.out()).contains("has erased your password");
    assertThat(companyFixture.company().vault().state()).isEqualTo(RecordState.RETIRED);
    assertThat(companyFixture.company().wraps()).hasSize(1);
    assertThat(unlocks("second", "--password-fd", CompanyFixture.PASSWORD)).isEqualTo(8);
    assertThat(drop("digits", "--password-fd", CompanyFixture.PASSWORD))
        .as("the last one")
        .isEqualTo(8);
    assertThat(companyFixture.company().wraps()).hasSize(1);

    assertThat(add(OTHER)).as(device.err()).isZero();
    assertThat(add(OTHER)).isEqualTo(6);
    assertThat(device.err()).contains("hikae password");
    assertThat(unlocks("third", "--password-fd", OTHER)).isZero();
  }

  @Test
  void a_drop_cut_short_after_the_vault_erased_is_ended_by_a_rerun() throws Exception {
    CompanyFixture.NewKeyCommand newKeyCommand = companyFixture.optsIn(device);
    String[] drop = {
      "keys",
      "drop",
      "password",
      "--digit-key-fd",
      "",
      "--password-fd",
      companyFixture.line(CompanyFixture.PASSWORD)
    };
    drop[4] = companyFixture.line(lines(newKeyCommand.rows()));
    companyFixture.company().failRevocations(1);
    assertThat(device.run(drop)).isEqualTo(5);
    assertThat(companyFixture.company().vault().state()).isEqualTo(RecordState.RETIRED);
    assertThat(companyFixture.company().wraps()).hasSize(2);
    drop[4] = companyFixture.line(lines(newKeyCommand.rows()));
    assertThat(device.run(drop)).as(device.err()).isZero();
    assertThat(companyFixture.company().wraps()).hasSize(1);
    assertThat(unlocks("second", "--digit-key-fd", lines(newKeyCommand.rows()))).isZero();
  }

  private int add(String password) throws Exception {
    return device.run(
        "keys", "add", "password", "--new-password-fd", companyFixture.line(password));
  }

  @Test
  void a_password_that_is_the_last_protection_is_not_dropped() throws Exception {
    optInWithPassword();
    assertThat(drop("password", "--password-fd", CompanyFixture.PASSWORD)).isEqualTo(6);
    assertThat(device.err()).contains("last protection");
    assertThat(companyFixture.company().vault().state()).isEqualTo(RecordState.ACTIVE);
    assertThat(device.run("keys", "drop", "everything")).isEqualTo(6);
  }

  @Test
  void a_wrong_paper_does_not_let_the_password_be_dropped() throws Exception {
    CompanyFixture.NewKeyCommand old = companyFixture.optsIn(device);
    companyFixture.makesDigits(device, false, "keys", "new-digits");
    int asked = companyFixture.company().vault().asked(VaultMessageType.LOGIN_START);
    assertThat(drop("password", "--digit-key-fd", lines(old.rows()))).isEqualTo(8);
    assertThat(companyFixture.company().vault().asked(VaultMessageType.LOGIN_START))
        .isEqualTo(asked);
    assertThat(companyFixture.company().vault().state()).isEqualTo(RecordState.ACTIVE);
  }

  @Test
  void an_announced_drop_ends_with_the_run_after_it() throws Exception {
    CompanyFixture.NewKeyCommand newKeyCommand = companyFixture.optsIn(device);
    String[] drop = {"keys", "drop", "password", "--without-password", "--digit-key-fd", ""};
    drop[5] = companyFixture.line(lines(newKeyCommand.rows()));
    assertThat(device.run(drop)).as(device.err()).isZero();
    assertThat(device.out()).contains("hikae veto");
    assertThat(companyFixture.company().wraps()).as("it still works").hasSize(2);
    assertThat(unlocks("second", "--password-fd", CompanyFixture.PASSWORD)).isZero();
    assertThat(drop("digits", "--password-fd", CompanyFixture.PASSWORD)).isEqualTo(8);

    companyFixture.company().vault().later(Duration.ofHours(73));
    assertThat(device.run("keys")).isZero();
    assertThat(device.out()).contains("the vault has none of this backup in use");
    drop[5] = companyFixture.line(lines(newKeyCommand.rows()));
    assertThat(device.run(drop)).as(device.err()).isZero();
    assertThat(companyFixture.company().wraps()).hasSize(1);
    assertThat(companyFixture.company().vault().state()).isEqualTo(RecordState.RETIRED);
  }

  @Test
  void after_a_lock_out_a_device_with_the_key_adds_another_password_and_not_the_old_one()
      throws Exception {
    optInWithPassword();
    AgentHarness second = companyFixture.device("second");
    for (int i = 0; i < 10; i++) {
      second.run("optin", "--password-fd", companyFixture.line("not the password 1"));
    }
    assertThat(companyFixture.company().vault().state()).isEqualTo(RecordState.LOCKED);
    assertThat(device.run("keys")).isZero();
    assertThat(device.out()).contains("hikae keys add password");
    assertThat(device.err()).contains("only devices that have the key open your backup");

    int registered = companyFixture.company().vault().asked(VaultMessageType.REG_INIT);
    assertThat(add(CompanyFixture.PASSWORD)).isEqualTo(6);
    assertThat(device.err()).contains("the password that was destroyed");
    assertThat(companyFixture.company().vault().asked(VaultMessageType.REG_INIT))
        .isEqualTo(registered);
    String another = AcceptedPassword.chosen(device, this::add);
    assertThat(device.out()).contains("The new password works");
    assertThat(companyFixture.company().vault().state()).isEqualTo(RecordState.ACTIVE);
    assertThat(unlocks("third", "--password-fd", CompanyFixture.PASSWORD)).isEqualTo(8);
    assertThat(unlocks("fourth", "--password-fd", another)).isZero();
    assertThat(device.run("receipts", "verify")).as(device.err()).isZero();
  }

  @Test
  void forgetting_takes_the_password_off_the_portals_list_too() throws Exception {
    optInWithPassword();
    companyFixture.company().failRevocations(1);
    String[] forget = {
      "forget", "--yes", "--password-fd", companyFixture.line(CompanyFixture.PASSWORD)
    };
    assertThat(device.run(forget)).as(device.err()).isZero();
    assertThat(device.err()).contains("hikae keys drop password");
    assertThat(companyFixture.company().wraps()).hasSize(1);
    assertThat(add(OTHER)).as(device.err()).isZero();
    forget[3] = companyFixture.line(OTHER);
    assertThat(device.run(forget)).as(device.err()).isZero();
    assertThat(companyFixture.company().wraps()).isEmpty();
    assertThat(unlocks("second", "--password-fd", OTHER)).isEqualTo(8);
  }
}
