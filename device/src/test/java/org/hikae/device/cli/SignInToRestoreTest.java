package org.hikae.device.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.vaultclient.FakeVault;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.VaultEvent;
import org.junit.jupiter.api.Test;

/** The command line from sign-in to restore, against a company on a local port. */
@EveryThirdRun
class SignInToRestoreTest extends CompanyTestBase {

  /** One whose passwords are stretched as shipped. */
  private AgentHarness shipped(String name) throws IOException {
    return AgentHarness.asShipped(Files.createDirectories(folder.resolve(name)));
  }

  @Test
  void from_opting_in_to_restoring_with_password_and_with_digits() throws Exception {
    AgentHarness first = shipped("first");
    assertThat(signIn(first)).isZero();
    List<String> key = new ArrayList<>();
    assertThat(optInBoth(first, key)).as(first.err()).isZero();
    assertThat(company.state()).isEqualTo("OPTED_IN");
    assertThat(company.vault().state()).isEqualTo(RecordState.ACTIVE);
    assertThat(first.run("backup", tree.toString())).as(first.err()).isZero();
    assertThat(first.run("snapshots", "--json")).as(first.err()).isZero();
    assertThat(first.out()).contains("\"event\":\"snapshot\"").contains("\"sequence\":1");
    assertThat(first.run("ls")).isZero();
    assertThat(first.out()).contains("日本/語/書類.txt");
    assertThat(first.run("ls", "latest", "/nope")).isEqualTo(6);
    assertThat(first.err()).contains("The snapshot has no /nope.");

    AgentHarness second = shipped("second");
    signIn(second);
    Path byPassword = folder.resolve("by-password");
    assertThat(restore(second, byPassword, "--password-fd", PASSWORD + "\n"))
        .as(second.err())
        .isZero();
    assertSame(byPassword);

    AgentHarness third = shipped("third");
    signIn(third);
    Path byDigits = folder.resolve("by-digits");
    assertThat(restore(third, byDigits, "--digit-key-fd", String.join("\n", key) + "\n"))
        .as(third.err())
        .isZero();
    assertSame(byDigits);
    assertThat(company.reports())
        .filteredOn(r -> r.result() == RunResult.SUCCESS)
        .extracting(RunReport::kind)
        .containsExactly(RunReport.Kind.BACKUP, RunReport.Kind.RESTORE, RunReport.Kind.RESTORE);
  }

  @Test
  void a_wrong_password_costs_one_attempt_and_says_how_many_are_left() throws Exception {
    AgentHarness first = device("first");
    signIn(first);
    optInPassword(first);
    int before = company.vault().guesses();
    AgentHarness second = device("second");
    signIn(second);

    assertThat(restore(second, folder.resolve("x"), "--password-fd", "not the password 1"))
        .isEqualTo(8);
    assertThat(second.err()).contains("Attempts left: 9");
    assertThat(company.vault().guesses()).isEqualTo(before + 1);
    for (int left = 8; left >= 0; left--) {
      restore(second, folder.resolve("x"), "--password-fd", "not the password 1");
    }
    assertThat(second.err()).contains("it was the last attempt");
  }

  @Test
  void a_mistyped_digit_key_names_the_row_and_sends_nothing() throws Exception {
    AgentHarness first = device("first");
    signIn(first);
    List<String> key = new ArrayList<>();
    optInBoth(first, key);
    char last = key.get(2).charAt(18);
    key.set(2, key.get(2).substring(0, 18) + (last == '0' ? '1' : '0'));
    AgentHarness second = device("second");
    signIn(second);

    int exit = restore(second, folder.resolve("x"), "--digit-key-fd", String.join("\n", key));

    assertThat(exit).isEqualTo(6);
    assertThat(second.err()).contains("Row 3");
  }

  @Test
  void without_a_pinned_root_no_password_is_offered() throws Exception {
    AgentHarness first = device("first");
    assertThat(first.run("login", "--server", company.url())).isZero();

    assertThat(first.run("optin", "--yes", "--protect", "password", "--password-fd", password()))
        .isEqualTo(6);
    assertThat(first.err()).contains("vault root");
    assertThat(company.state()).isEqualTo("NOT_OPTED_IN");
  }

  /** HK1-E-17. */
  @Test
  void what_is_pinned_for_a_portal_does_not_hang_on_how_its_address_is_typed() throws Exception {
    AgentHarness first = device("first");
    String address = company.url().replace("127.0.0.1", "localhost");
    String root = company.vault().rootFingerprint();
    assertThat(first.run("login", "--server", address, "--vault-root", root)).isZero();
    String typed = address.replace("http://localhost", "HTTP://LocalHost") + "/";
    assertThat(first.run("login", "--server", typed, "--json")).as(first.err()).isZero();
    assertThat(first.out()).contains("\"vaultPinned\":true");
  }

  @Test
  void a_foreign_root_or_an_older_card_is_refused_and_nothing_is_registered() throws Exception {
    AgentHarness first = device("first");
    first.run(
        "login", "--server", company.url(), "--vault-root", Hash256.sha256(new byte[1]).hex());
    assertThat(optInPassword(first)).isEqualTo(6);
    assertThat(first.err()).contains("another root");

    company.vault().setSequence(5);
    signIn(first);
    assertThat(optInPassword(first)).as(first.err()).isZero();
    company.vault().setSequence(4);
    AgentHarness same = device("first");
    assertThat(same.run("status")).isEqualTo(6);
    assertThat(same.err()).contains("older card");
  }

  @Test
  void a_receipt_that_says_anything_else_ends_the_opt_in() throws Exception {
    Hash256 other = Hash256.sha256(new byte[9]);
    List<UnaryOperator<LedgerEntry>> lies =
        List.of(
            e -> with(e, e.event(), subject(e, other, e.subject().credId()), e.detail()),
            e -> with(e, e.event(), subject(e, e.subject().employee(), other), e.detail()),
            e -> with(e, e.event(), e.subject(), Hash256.ZERO),
            e -> with(e, VaultEvent.VOIDED, e.subject(), e.detail()),
            e ->
                with(
                    e,
                    e.event(),
                    new LedgerEntry.Subject(
                        e.subject().employee(),
                        e.subject().setId(),
                        e.subject().credId(),
                        new byte[16]),
                    e.detail()),
            e ->
                with(
                    e,
                    e.event(),
                    new LedgerEntry.Subject(
                        e.subject().employee(),
                        new byte[16],
                        e.subject().credId(),
                        e.subject().deviceId()),
                    e.detail()));
    AgentHarness first = device("first");
    signIn(first);
    for (UnaryOperator<LedgerEntry> lie : lies) {
      company.vault().changeReceipts(lie);
      assertThat(optInPassword(first)).isEqualTo(6);
      assertThat(first.err()).contains("receipt does not say what was sent");
      assertThat(company.state()).isEqualTo("PENDING");
    }
    company.vault().changeReceipts(e -> e);
    assertThat(optInPassword(first)).as("a rerun starts anew").isZero();
  }

  @Test
  void a_false_receipt_of_exposing_or_of_the_first_login_ends_the_opt_in_too() throws Exception {
    AgentHarness first = device("first");
    signIn(first);
    Hash256 other = Hash256.sha256(new byte[9]);
    for (VaultEvent step : List.of(VaultEvent.ACTIVE, VaultEvent.OPENED)) {
      company
          .vault()
          .changeReceipts(e -> e.event() == step ? with(e, step, e.subject(), other) : e);
      assertThat(optInPassword(first)).as(step.name()).isEqualTo(6);
      assertThat(first.err()).contains("receipt does not say what was sent");
      assertThat(company.state()).isEqualTo("PENDING");
    }
    company.vault().changeReceipts(e -> e);
    assertThat(optInPassword(first)).as(first.err()).isZero();
  }

  @Test
  void a_reply_that_was_altered_is_refused() throws Exception {
    AgentHarness first = device("first");
    signIn(first);
    company.vault().changeReplies(FakeVault::flipped);

    assertThat(optInPassword(first)).isEqualTo(6);
    assertThat(first.err()).contains("altered");
  }

  @Test
  void a_sign_in_that_is_too_old_is_told_before_anything_is_sent() throws Exception {
    company.signedInAt(Instant.now().minusSeconds(3600));
    AgentHarness first = device("first");
    signIn(first);

    assertThat(optInPassword(first)).isEqualTo(6);
    assertThat(first.err()).contains("hikae login");
    assertThat(company.state()).isEqualTo("NOT_OPTED_IN");
  }

  @Test
  void the_device_grant_ends_when_it_is_denied_or_expires() throws Exception {
    for (String error : List.of("access_denied", "expired_token")) {
      company.answerGrantWith(error, 1);
      assertThat(signIn(device("first"))).isEqualTo(6);
    }
    company.answerGrantWith("slow_down", 3);
    assertThat(signIn(device("first"))).isZero();
  }

  /** HK1-E-20. */
  @Test
  void another_realm_of_the_same_portal_is_refused_before_anybody_signs_in() throws Exception {
    AgentHarness first = device("first");
    assertThat(signIn(first)).isZero();
    assertThat(optInPassword(first)).as(first.err()).isZero();
    company.signsInAt("trap");
    assertThat(signIn(first)).isEqualTo(6);
    assertThat(first.err()).contains("expected " + company.url() + "/realms/hikae");
    assertThat(first.out()).doesNotContain("verify");
    company.signsInAt("hikae");
    assertThat(first.run("backup", tree.toString())).as("it has its key still").isZero();
    AgentHarness second = device("second");
    assertThat(signIn(second)).isZero();
    assertThat(second.out()).contains("names this sign-on", "/realms/hikae");
  }

  @Test
  void a_snapshot_that_vanishes_raises_an_alarm_and_stops_a_restore() throws Exception {
    AgentHarness first = device("first");
    signIn(first);
    optInPassword(first);
    first.run("backup", tree.toString());
    Files.writeString(tree.resolve("letter.txt"), "dear diary, two");
    assertThat(first.run("backup", tree.toString())).as(first.err()).isZero();
    company.store().committed().removeLast();

    assertThat(first.run("snapshots")).isEqualTo(7);
    assertThat(first.err()).contains("ALARM");
    assertThat(first.err()).contains("has witnessed number 2");
    assertThat(first.run("restore", "--target", folder.resolve("x").toString())).isEqualTo(7);
    assertThat(
            first.run(
                "restore",
                "--accept-regress",
                "--accept-older",
                "1",
                "--target",
                folder.resolve("x").toString()))
        .as(first.err())
        .isZero();
  }

  @Test
  void a_portal_that_was_restored_is_gone_back_with_once_a_person_says_so() throws Exception {
    AgentHarness first = device("first");
    signIn(first);
    optInPassword(first);
    first.run("backup", tree.toString());
    Files.writeString(tree.resolve("letter.txt"), "dear diary, two");
    first.run("backup", tree.toString());
    company.store().committed().removeLast();

    assertThat(first.run("backup", tree.toString())).isEqualTo(7);
    assertThat(first.err()).contains("number 1", "number 2", "--accept-restored-server");
    assertThat(company.store().committed()).hasSize(1);
    assertThat(first.run("backup", "--dry-run", tree.toString())).isEqualTo(7);

    assertThat(first.run("snapshots", "--accept-restored-server")).as(first.err()).isZero();
    assertThat(first.err())
        .contains("had seen number 2 of 1970")
        .doesNotContain("number 1 of 1970");
    assertThat(first.run("backup", tree.toString())).as(first.err()).isZero();
    assertThat(company.store().committed().getLast().sequence()).isEqualTo(2);
    assertThat(first.run("backup", tree.toString())).as(first.err()).isZero();
    // The vault, which was not set back, has witnessed another number 2; number 3 is past that.
    assertThat(first.run("snapshots")).as(first.err()).isZero();
  }

  @Test
  void nothing_is_accepted_that_nobody_asked_about() throws Exception {
    AgentHarness first = device("first");
    signIn(first);
    optInPassword(first);
    first.run("backup", tree.toString());

    assertThat(first.run("snapshots", "--accept-restored-server")).isZero();
    assertThat(first.err()).doesNotContain("had seen");
    company.store().committed().clear();
    assertThat(first.run("snapshots")).isEqualTo(7);
    assertThat(first.run("snapshots", "--accept-restored-server")).as(first.err()).isZero();
    assertThat(first.run("backup", tree.toString())).as(first.err()).isZero();
    assertThat(company.store().committed().getLast().sequence()).isEqualTo(1);
  }

  @Test
  void a_report_that_cannot_be_sent_goes_out_with_the_next_run() throws Exception {
    AgentHarness first = device("first");
    signIn(first);
    optInPassword(first);
    company.close();
    assertThat(first.run("backup", tree.toString())).isEqualTo(5);
    assertThat(folder.resolve("first/hikae/reports")).isDirectoryContaining("glob:**.json");
  }

  @Test
  void nothing_secret_reaches_the_portal_or_the_screen() throws Exception {
    AgentHarness first = device("first");
    signIn(first);
    List<String> key = new ArrayList<>();
    optInBoth(first, key);
    String said = first.out() + first.err() + company.requests() + company.wraps();

    assertThat(said).doesNotContain(PASSWORD).doesNotContain(key.get(0)).doesNotContain("offline");
  }

  private static LedgerEntry.Subject subject(LedgerEntry e, Hash256 employee, Hash256 credId) {
    return new LedgerEntry.Subject(employee, e.subject().setId(), credId, e.subject().deviceId());
  }

  private static LedgerEntry with(
      LedgerEntry e, VaultEvent event, LedgerEntry.Subject subject, Hash256 detail) {
    return new LedgerEntry(
        e.seq(),
        e.previous(),
        e.atMillis(),
        event,
        subject,
        e.employeePrevious(),
        e.attemptsLeft(),
        e.dueSeconds(),
        detail,
        e.stateHash());
  }
}
