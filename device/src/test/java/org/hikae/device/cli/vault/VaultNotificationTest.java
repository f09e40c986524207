package org.hikae.device.cli.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hikae.device.cli.harness.AcceptedPassword;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.company.FakeCompany;
import org.hikae.device.schedule.FakeProgramRunner;
import org.hikae.device.schedule.HostComputer;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.junit.jupiter.api.Test;

/**
 * What an employee hears of the vault, and what they can order, from the command line. Budget: 60
 * seconds.
 */
class VaultNotificationTest extends CompanyTestBase {

  private static final String OTHER = "amber lantern whistle canyon 77";

  private int wrongPassword(AgentHarness device) throws IOException {
    return restore(device, folder.resolve("x"), "--password-fd", "not the password 1");
  }

  @EveryThirdRun
  @Test
  void a_wrong_password_on_another_device_is_told_at_the_next_backup_once() throws Exception {
    AgentHarness first = optedIn("first");
    AgentHarness second = device("second");
    signIn(second);
    wrongPassword(second);

    assertThat(first.run("backup", tree.toString())).as(first.err()).isZero();
    assertThat(first.err())
        .contains("Someone entered a wrong password from device device (")
        .contains("attempts left: 9")
        .contains("hikae freeze");
    assertThat(company.vault().witnessed()).isEqualTo(1);

    assertThat(first.run("backup", tree.toString(), "--json")).isZero();
    assertThat(first.err()).doesNotContain("wrong password");
    assertThat(first.out()).contains("\"event\":\"witness\"");
    assertThat(first.run("receipts")).isZero();
    assertThat(first.out()).contains("wrong password").doesNotContain("witnessed");
    assertThat(first.run("receipts", "--all", "--lang", "ja")).isZero();
    assertThat(first.out()).contains("間違ったパスワード").contains("最新スナップショット");
    assertThat(first.run("receipts", "verify")).as(first.err()).isZero();
    assertThat(first.run("receipts", "--json", "--offline")).isZero();
    assertThat(first.out()).contains("\"what\":\"WRONG_PASSWORD\"");
  }

  /** HK1-V-44: the seven days go by the realm's time. */
  @EveryThirdRun
  @Test
  void a_new_computer_whose_clock_is_ahead_hears_of_the_last_days_all_the_same() throws Exception {
    AgentHarness first = device("first");
    List<String> digits = new ArrayList<>();
    signIn(first);
    assertThat(optInBoth(first, digits)).as(first.err()).isZero();
    assertThat(first.run("backup", tree.toString())).as(first.err()).isZero();
    AgentHarness second = device("second");
    signIn(second);
    wrongPassword(second);
    AgentHarness third = device("third");
    third.on(
        Map.of(),
        Clock.offset(Clock.systemUTC(), Duration.ofDays(30)),
        duration -> {},
        new HostComputer(new FakeProgramRunner(), folder.resolve("power"), false));
    signIn(third);
    restore(third, folder.resolve("z"), "--digit-key-fd", String.join("\n", digits) + "\n");
    assertThat(third.err()).contains("Someone entered a wrong password from device device (");
  }

  @EveryThirdRun
  @Test
  void a_backup_succeeds_without_the_vault_and_is_witnessed_by_the_next() throws Exception {
    AgentHarness first = optedIn("first");
    company.vault().down(true);
    assertThat(first.run("backup", tree.toString())).as(first.err()).isZero();
    assertThat(first.err()).contains("could not be asked");
    assertThat(first.run("status")).isZero();
    assertThat(company.vault().witnessed()).isZero();

    company.vault().down(false);
    assertThat(first.run("backup", tree.toString())).isZero();
    assertThat(company.vault().witnessed()).isEqualTo(2);
  }

  @EveryThirdRun
  @Test
  void a_vault_that_was_set_back_is_an_alarm_and_nothing_it_says_is_used() throws Exception {
    AgentHarness first = optedIn("first");
    AgentHarness second = device("second");
    signIn(second);
    wrongPassword(second);
    company.vault().setBack(1);
    assertThat(wrongPassword(second)).isEqualTo(6);
    assertThat(second.err()).contains("ALARM: the vault").contains("older ledger");
    assertThat(first.run("status")).as("has not seen what is gone").isZero();
  }

  @EveryThirdRun
  @Test
  void an_answer_without_a_head_is_refused() throws Exception {
    AgentHarness first = device("first");
    signIn(first);
    company.vault().headless();
    assertThat(optInPassword(first)).isEqualTo(6);
    assertThat(first.err()).contains("altered");
  }

  @EveryThirdRun
  @Test
  void a_new_card_in_the_middle_costs_nothing_and_nobody_notices() throws Exception {
    AgentHarness first = optedIn("first");
    int guesses = company.vault().guesses();
    company.vault().newCardBefore(VaultMessageType.LOGIN_START);
    AgentHarness second = device("second");
    signIn(second);
    assertThat(first.run("backup", tree.toString())).isZero();
    int exit = restore(second, folder.resolve("y"), "--password-fd", PASSWORD + "\n");
    assertThat(exit).as(second.err()).isZero();
    assertThat(company.vault().guesses()).isEqualTo(guesses + 1);
  }

  private int changePassword(AgentHarness device, String old, String fresh) throws IOException {
    return device.run("password", "--password-fd", fd(old), "--new-password-fd", fd(fresh));
  }

  @EveryThirdRun
  @Test
  void a_changed_password_works_at_once_and_the_old_one_no_more() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("backup", tree.toString())).isZero();
    assertThat(changePassword(first, PASSWORD, PASSWORD)).isEqualTo(6);
    assertThat(first.err()).contains("is the old one");
    assertThat(changePassword(first, "not the password 1", OTHER)).isEqualTo(8);
    assertThat(changePassword(first, PASSWORD, OTHER)).as(first.err()).isZero();
    assertThat(first.out()).contains("The new password works").contains("receipt");

    AgentHarness second = device("second");
    signIn(second);
    assertThat(restore(second, folder.resolve("a"), "--password-fd", PASSWORD + "\n")).isEqualTo(8);
    assertThat(restore(second, folder.resolve("b"), "--password-fd", OTHER + "\n"))
        .as(second.err())
        .isZero();
    assertThat(company.wraps().values())
        .as("the portal need not hear of another password")
        .hasSize(1);
  }

  @EveryThirdRun
  @Test
  void a_forgotten_password_is_replaced_after_an_announcement_that_can_be_called_off()
      throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("password", "--forgotten", "--new-password-fd", fd(OTHER))).isZero();
    assertThat(first.out()).contains("begins to work at").contains("hikae veto");
    assertThat(first.run("backup", tree.toString())).isZero();
    assertThat(first.err()).contains("ANNOUNCED: another password");
    assertThat(first.run("password", "--forgotten", "--new-password-fd", fd(OTHER))).isEqualTo(8);
    assertThat(first.err()).contains("can be one only");

    assertThat(first.run("veto")).as(first.err()).isZero();
    assertThat(first.out()).contains("Called off");
    assertThat(first.run("veto")).isZero();
    assertThat(first.out()).contains("nothing to call off");

    assertThat(first.run("password", "--forgotten", "--new-password-fd", fd(OTHER))).isZero();
    company.vault().later(Duration.ofHours(73));
    AgentHarness second = device("second");
    signIn(second);
    assertThat(restore(second, folder.resolve("b"), "--password-fd", OTHER + "\n"))
        .as(second.err())
        .isZero();
    assertThat(first.run("receipts", "verify")).as(first.err()).isZero();
  }

  /** HK1-V-44: before the password is typed, because a wrong one ends the run. */
  @EveryThirdRun
  @Test
  void who_types_a_password_hears_first_what_is_announced() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("forget", "--without-password", "--yes")).isZero();
    AgentHarness second = device("second");
    signIn(second);
    assertThat(wrongPassword(second)).isEqualTo(8);
    assertThat(second.out() + second.err())
        .contains("ANNOUNCED: your password is erased", "destroys its record: 10");
    // HK1-V-45: what is left, before the next one is typed.
    assertThat(wrongPassword(second)).isEqualTo(8);
    assertThat(second.out()).contains("destroys its record: 9");
  }

  @EveryThirdRun
  @Test
  void a_device_without_the_key_calls_off_with_the_password() throws Exception {
    AgentHarness first = optedIn("first");
    AgentHarness second = device("second");
    signIn(second);
    assertThat(first.run("forget", "--without-password", "--yes")).isZero();
    assertThat(second.run("status")).as(second.err()).isZero();
    assertThat(second.err()).contains("ANNOUNCED: your password is erased").contains("asks for");
    assertThat(second.run("veto", "--password-fd", fd("not the password 1"))).isEqualTo(8);

    company.vault().loseReplies(VaultMessageType.LOGIN_FINISH, 7);
    assertThat(second.run("veto", "--password-fd", fd(PASSWORD))).as(second.err()).isZero();
    assertThat(second.out()).contains("takes that password").contains("Called off");
    assertThat(second.run("veto")).isZero();
    assertThat(second.out()).contains("nothing to call off");
    company.vault().later(Duration.ofHours(73));
    assertThat(first.run("status")).isZero();
    assertThat(company.vault().state()).isEqualTo(RecordState.ACTIVE);
    assertThat(second.run("status", "--json")).isZero();
    assertThat(second.out()).as("a veto opens nothing").contains("\"unlocked\":false");
    assertThat(first.run("receipts", "verify")).as(first.err()).isZero();
  }

  @EveryThirdRun
  @Test
  void the_owner_calls_off_what_a_thief_of_the_sign_on_announced_from_another_set()
      throws Exception {
    AgentHarness owner = optedIn("owner");
    company.withdraw();
    AgentHarness thief = device("thief");
    signIn(thief);
    List<String> key = new ArrayList<>();
    assertThat(optInBoth(thief, key)).as(thief.err()).isZero();

    assertThat(owner.run("receipts")).isZero();
    assertThat(owner.err()).contains("ANNOUNCED: another password").doesNotContain("asks for");
    assertThat(owner.run("freeze")).as(owner.err()).isZero();
    assertThat(owner.run("unfreeze")).as(owner.err()).isZero();
    assertThat(thief.run("freeze")).as("not the thief's record").isEqualTo(8);
    assertThat(owner.run("veto")).as(owner.err()).isZero();
    company.vault().later(Duration.ofHours(73));
    assertThat(owner.run("receipts")).isZero();
    assertThat(company.vault().state()).isEqualTo(RecordState.ACTIVE);
    assertThat(owner.run("veto")).isZero();
    assertThat(owner.out()).contains("nothing to call off");
  }

  @EveryThirdRun
  @Test
  void after_a_lock_out_another_password_is_registered_at_once() throws Exception {
    AgentHarness first = optedIn("first");
    AgentHarness second = device("second");
    signIn(second);
    for (int i = 0; i < 10; i++) {
      wrongPassword(second);
    }
    assertThat(company.vault().state()).isEqualTo(RecordState.LOCKED);
    assertThat(first.run("status")).isZero();
    assertThat(first.out()).contains("hikae password --forgotten");
    assertThat(first.err()).contains("destroyed your password");
    AcceptedPassword.chosen(
        first, password -> first.run("password", "--forgotten", "--new-password-fd", fd(password)));
    assertThat(first.out()).contains("Choose another password").contains("The new password works");
    assertThat(company.vault().state()).isEqualTo(RecordState.ACTIVE);
  }

  @EveryThirdRun
  @Test
  void frozen_means_that_nobody_can_try_until_it_is_thawed() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("freeze")).isZero();
    assertThat(first.run("status")).isZero();
    assertThat(first.out())
        .contains("Frozen until")
        .contains("root key in a file")
        .contains("letter");
    int guesses = company.vault().guesses();
    AgentHarness second = device("second");
    signIn(second);
    assertThat(wrongPassword(second)).isEqualTo(8);
    assertThat(second.err()).contains("frozen").contains("hikae unfreeze");
    assertThat(company.vault().guesses()).isEqualTo(guesses);
    assertThat(first.run("unfreeze")).isZero();
    assertThat(first.run("unfreeze")).isZero();
    assertThat(first.out()).contains("not frozen");
  }

  @EveryThirdRun
  @Test
  void who_has_opted_out_can_still_give_up_the_password() throws Exception {
    AgentHarness first = optedIn("leaver");
    company.withdraw();
    assertThat(first.run("forget", "--without-password")).isEqualTo(4);
    assertThat(first.out()).contains("You have opted out.");
    assertThat(first.run("forget", "--yes", "--password-fd", password())).as(first.err()).isZero();
    assertThat(company.vault().state()).isNotEqualTo(RecordState.ACTIVE);
    AgentHarness never = device("never");
    signIn(never);
    assertThat(never.run("forget", "--yes", "--password-fd", password())).isEqualTo(6);
    assertThat(never.err()).contains("You have not opted in.");
  }

  @EveryThirdRun
  @Test
  void forgetting_says_what_remains_and_needs_the_password_or_72_hours() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("forget", "--without-password")).isEqualTo(4);
    assertThat(first.out()).contains("no 64-digit key");
    assertThat(first.run("forget", "--without-password", "--yes")).as(first.err()).isZero();
    assertThat(first.out()).contains("erases your password at");
    company.vault().announceByAdministrators(company.issuer(), FakeCompany.SUBJECT);
    assertThat(first.run("backup", tree.toString())).isZero();
    assertThat(first.err()).contains("administrators");
    assertThat(first.run("veto")).isZero();
    assertThat(first.run("forget", "--yes", "--password-fd", password())).as(first.err()).isZero();
    assertThat(first.out()).contains("has erased your password");
    assertThat(company.vault().state()).isEqualTo(RecordState.RETIRED);
    assertThat(first.run("forget", "--yes", "--password-fd", password())).isEqualTo(8);
    assertThat(first.run("backup", tree.toString())).as("the backup goes on").isZero();
  }

  @Test
  void a_new_device_does_not_restore_what_is_older_than_witnessed() throws Exception {
    company.listed().hasAnEarlierAgent();
    AgentHarness first = optedIn("first");
    assertThat(first.run("backup", tree.toString())).isZero();
    AgentHarness second = device("second");
    signIn(second);
    company.vault().witnessNewer();
    Path target = folder.resolve("y");
    assertThat(restore(second, target, "--password-fd", PASSWORD + "\n")).isEqualTo(7);
    assertThat(second.err()).contains("number 1").contains("witnessed number 2");
    assertThat(target).doesNotExist();
    assertThat(second.run("snapshots", "--json")).isEqualTo(7);
    assertThat(second.out()).contains("OLDER_THAN_WITNESSED");
    // A lower number is no witness: whose an unsigned one is nobody says.
    assertThat(second.run("restore", "--accept-older", "1", "--target", target.toString()))
        .isEqualTo(6);
    assertThat(second.err()).contains("nothing shown joins it");
    assertThat(
            second.run(
                "restore",
                "--accept-older",
                "1",
                "--accept-unchecked",
                "--target",
                target.toString()))
        .as(second.err())
        .isZero();
  }

  @EveryThirdRun
  @Test
  void without_vault_or_pin_it_is_said_that_freshness_is_unknown() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("backup", tree.toString())).isZero();
    company.vault().down(true);
    assertThat(first.run("restore", "--target", folder.resolve("z").toString())).isZero();
    assertThat(first.err()).contains("could not be checked");
    company.vault().down(false);

    AgentHarness other = device("other");
    assertThat(other.run("login", "--server", company.url())).isZero();
    assertThat(other.run("status")).isZero();
    assertThat(other.out()).contains("No vault root is pinned");
  }

  @EveryThirdRun
  @Test
  void a_second_set_has_its_password_announced_and_does_not_loop() throws Exception {
    AgentHarness second = optedIn("first");
    company.withdraw();
    assertThat(optInPassword(second)).isEqualTo(8);
    assertThat(second.err()).contains("--protect both");
    assertThat(company.state()).isEqualTo("WITHDRAWN");

    List<String> key = new ArrayList<>();
    assertThat(optInBoth(second, key)).as(second.err()).isZero();
    assertThat(second.out()).contains("Your password begins to work at");
    assertThat(company.state()).isEqualTo("OPTED_IN");
    assertThat(second.run("backup", tree.toString())).isZero();

    AgentHarness third = device("third");
    signIn(third);
    Path target = folder.resolve("by-digits");
    assertThat(restore(third, target, "--digit-key-fd", String.join("\n", key) + "\n"))
        .as(third.err())
        .isZero();
    company.vault().later(Duration.ofHours(73));
    AgentHarness fourth = device("fourth");
    signIn(fourth);
    assertThat(restore(fourth, folder.resolve("w"), "--password-fd", PASSWORD + "\n"))
        .as(fourth.err())
        .isZero();
  }

  @EveryThirdRun
  @Test
  void an_opt_in_that_was_cut_short_after_the_password_counts_is_taken_up_again() throws Exception {
    AgentHarness first = device("first");
    signIn(first);
    company.failCompletions(7);
    assertThat(optInPassword(first)).isEqualTo(5);
    assertThat(company.vault().state()).isEqualTo(RecordState.ACTIVE);
    assertThat(optInPassword(first)).as(first.err()).isZero();
    assertThat(first.out()).contains("registered your password already");
    assertThat(company.vault().asked(VaultMessageType.REG_INIT)).isEqualTo(1);
  }

  @EveryThirdRun
  @Test
  void every_refusal_is_told_with_a_time_that_people_understand() throws Exception {
    optedIn("first");
    AgentHarness second = device("second");
    signIn(second);
    List<String> told =
        List.of(
            told(second, new VaultReply.Refused(VaultRefusal.WAIT, 7, 600)),
            told(second, new VaultReply.Refused(VaultRefusal.RESERVED, 3, 6 * 24 * 3600)),
            told(second, new VaultReply.Refused(VaultRefusal.BRAKE, 6, 61)),
            told(second, new VaultReply.Refused(VaultRefusal.LIMIT, 255, 4 * 3600)));
    assertThat(told.get(0)).contains("Try again in 10 minutes").contains("left: 7");
    assertThat(told.get(1)).contains("Only 3 attempts").contains("6 days");
    assertThat(told.get(2)).contains("61 seconds");
    assertThat(told.get(3)).contains("4 hours");
    assertThat(told(second, VaultReply.Refused.of(VaultRefusal.RENEW))).contains("changed");
    assertThat(told(second, VaultReply.Refused.of(VaultRefusal.SEALED))).contains("closed itself");
  }

  private String told(AgentHarness device, VaultReply.Refused refused) throws IOException {
    company.vault().refuseNext(VaultMessageType.LOGIN_START, refused);
    assertThat(wrongPassword(device)).isIn(5, 8);
    return device.err();
  }

  @EveryThirdRun
  @Test
  void receipts_that_were_touched_are_found_with_their_number() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("receipts")).isZero();
    assertThat(first.run("receipts", "verify", "--json")).isZero();
    assertThat(first.out()).contains("\"event\":\"receiptsVerified\"").contains("\"faults\":0");
    Path file = receiptFile("first");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    assertThat(first.run("receipts", "verify")).isEqualTo(7);
    assertThat(first.err()).contains("signature").contains("the first is number");
    assertThat(first.run("receipts", "burn")).isEqualTo(6);
  }

  private Path receiptFile(String device) throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve(device).resolve("hikae/receipts"))) {
      return all.filter(file -> file.toString().endsWith(".receipts")).findFirst().orElseThrow();
    }
  }
}
