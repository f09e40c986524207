package org.hikae.device.cli.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyFixture;
import org.hikae.device.cli.harness.FirstDeviceTestBase;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.WrapMethod;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.hikae.vault.wire.VaultMessageType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * K is replaced, whatever happens on the way (HK1-K-13 to HK1-K-16). Budget: 240 seconds, most of
 * it guesses.
 */
@EveryThirdRun
class RotateCommandTest extends FirstDeviceTestBase {

  private static final String NEW = "amber lantern whistle canyon 77";

  private Path tree;

  @BeforeEach
  void start() throws Exception {
    tree = Files.createDirectories(folder.resolve("tree"));
    Files.writeString(tree.resolve("letter.txt"), "dear diary");
  }

  private String backsUp(AgentHarness device) {
    int exit = device.run("backup", tree.toString(), "--json");
    assertThat(exit).as(device.out() + device.err()).isZero();
    return device.out().replaceAll("(?s).*\"snapshotId\":\"([0-9a-f]+)\".*", "$1");
  }

  private String[] rotation(String old, String fresh) throws Exception {
    return new String[] {
      "keys",
      "rotate",
      "--password-fd",
      companyFixture.line(old),
      "--new-password-fd",
      companyFixture.line(fresh)
    };
  }

  private int rotates() throws Exception {
    return device.run(rotation(CompanyFixture.PASSWORD, NEW));
  }

  /** A new device restores this snapshot with this secret. */
  private int restores(String name, String snapshot, String option, String secret)
      throws Exception {
    return restores(companyFixture.device(name), name, snapshot, option, secret);
  }

  private int restores(
      AgentHarness device,
      String name,
      String snapshot,
      String option,
      String secret,
      String... words)
      throws Exception {
    Path target = folder.resolve("restored-by-" + name);
    List<String> line =
        new ArrayList<>(
            List.of(
                "restore",
                snapshot,
                "--target",
                target.toString(),
                "--path",
                tree.toString(),
                option,
                companyFixture.line(secret)));
    line.addAll(List.of(words));
    int exit = device.run(line.toArray(String[]::new));
    if (exit == 0) {
      assertThat(target.resolve("letter.txt")).hasContent("dear diary");
    }
    return exit;
  }

  private long chains() {
    return companyFixture.company().wraps().values().stream()
        .filter(view -> view.method() == WrapMethod.CHAIN)
        .count();
  }

  @Test
  void hk1_k_14_old_and_new_snapshots_open_with_the_new_protections_only() throws Exception {
    CompanyFixture.NewKeyCommand old = companyFixture.optsIn(device);
    String before = backsUp(device);
    CompanyFixture.NewKeyCommand newKeyCommand =
        companyFixture.makesDigits(device, false, rotation(CompanyFixture.PASSWORD, NEW));
    assertThat(newKeyCommand.exit()).as(device.err()).isZero();
    assertThat(device.out()).contains("generation 2");
    String after = backsUp(device);
    assertThat(device.out()).contains("KEY_ROTATED").contains("\"event\":\"witness\"");
    assertThat(companyFixture.company().wraps()).hasSize(3);

    assertThat(restores("a", before, "--password-fd", NEW)).isZero();
    assertThat(restores("b", after, "--password-fd", NEW)).isZero();
    assertThat(restores("c", before, "--digit-key-fd", String.join("\n", newKeyCommand.rows())))
        .isZero();
    assertThat(restores("d", after, "--digit-key-fd", String.join("\n", newKeyCommand.rows())))
        .isZero();
    assertThat(restores("e", before, "--password-fd", CompanyFixture.PASSWORD)).isEqualTo(8);
    assertThat(restores("f", before, "--digit-key-fd", String.join("\n", old.rows()))).isEqualTo(8);
    assertThat(device.run("keys")).isZero();
    assertThat(device.out()).contains("Link to the earlier key").doesNotContain("cut short");
    assertThat(device.run("receipts", "verify")).isZero();
    assertThat(device.run("ls", before)).as(device.err()).isZero();
    assertThat(device.out()).contains("letter.txt");
  }

  /** HK1-K-20: the paper, too, may be old. */
  @Test
  void hk1_k_20_what_the_portal_serves_from_before_a_rotation_is_no_key_of_the_set()
      throws Exception {
    CompanyFixture.NewKeyCommand old = companyFixture.optsIn(device);
    Map<String, WrapView> before = Map.copyOf(companyFixture.company().wraps());
    String snapshot = backsUp(device);
    assertThat(
            companyFixture
                .makesDigits(device, false, rotation(CompanyFixture.PASSWORD, NEW))
                .exit())
        .isZero();
    companyFixture.company().wraps().putAll(before);
    String rows = String.join("\n", old.rows());
    assertThat(restores("old", snapshot, "--digit-key-fd", rows)).isEqualTo(7);

    // In a disaster it may be all that opens anything: by name, and with a word.
    AgentHarness word = companyFixture.device("word");
    String[] wanted = {"--accept-older", "1"};
    assertThat(restores(word, "word", "latest", "--digit-key-fd", rows, wanted)).isEqualTo(7);
    assertThat(restores(word, "word", snapshot, "--digit-key-fd", rows, wanted)).isZero();
    assertThat(word.err()).contains("from another time");
    assertThat(word.run("snapshots")).isZero();
    assertThat(word.err()).contains("has no key yet");

    companyFixture.company().wraps().keySet().retainAll(before.keySet());
    AgentHarness alone = companyFixture.device("alone");
    assertThat(restores(alone, "alone", snapshot, "--digit-key-fd", rows, wanted)).isZero();
  }

  @Test
  void hk1_k_13_two_rotations_leave_a_chain_of_two_links() throws Exception {
    optInWithPassword();
    String one = backsUp(device);
    assertThat(rotates()).as(device.err()).isZero();
    String two = backsUp(device);
    assertThat(device.run(rotation(NEW, CompanyFixture.PASSWORD))).as(device.err()).isZero();
    String three = backsUp(device);
    assertThat(chains()).isEqualTo(2);
    assertThat(restores("a", one, "--password-fd", CompanyFixture.PASSWORD)).isZero();
    assertThat(restores("b", two, "--password-fd", CompanyFixture.PASSWORD)).isZero();
    assertThat(restores("c", three, "--password-fd", CompanyFixture.PASSWORD)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"password listed, wraps, 1"})
  void hk1_k_15_a_cut_at_the_portal_is_ended_by_the_next_run(String step, String kind, int others)
      throws Exception {
    endsWhatWasCutAtThePortal(step, kind, others);
  }

  @FullRunOnly
  @ParameterizedTest
  @CsvSource({"chain filed, wraps, 0", "ended, rotation, 0"})
  void hk1_k_15_a_cut_before_or_after_is_ended_too(String step, String kind, int others)
      throws Exception {
    endsWhatWasCutAtThePortal(step, kind, others);
  }

  private void endsWhatWasCutAtThePortal(String step, String kind, int others) throws Exception {
    optInWithPassword();
    String before = backsUp(device);
    for (boolean undone : new boolean[] {true, false}) {
      String old = undone ? CompanyFixture.PASSWORD : NEW;
      String fresh = undone ? NEW : CompanyFixture.PASSWORD;
      long generation = companyFixture.company().generation();
      companyFixture.company().cut(kind, others, undone);
      assertThat(device.run(rotation(old, fresh))).as(step).isEqualTo(5);
      assertThat(opensSomehow(step + undone, before, old, fresh)).as(step).isTrue();

      // A rotation that had ended is only taken note of.
      boolean ended = companyFixture.company().generation() > generation;
      int exit = ended ? device.run("backup", tree.toString()) : device.run(rotation(old, fresh));
      assertThat(exit).as(step + device.err()).isZero();
      assertThat(companyFixture.company().generation()).isEqualTo(generation + 1);
      assertThat(restores("n" + step + undone, before, "--password-fd", fresh)).isZero();
      String after = backsUp(device);
      assertThat(restores("o" + step + undone, after, "--password-fd", fresh)).isZero();
    }
  }

  private boolean opensSomehow(String name, String snapshot, String old, String fresh)
      throws Exception {
    return restores("x" + name, snapshot, "--password-fd", old) == 0
        || restores("y" + name, snapshot, "--password-fd", fresh) == 0;
  }

  @ParameterizedTest
  @CsvSource({"ORDER, 0, true", "REG_FINISH, 0, false"})
  void hk1_k_15_a_cut_at_the_vault_is_ended_by_the_next_run(
      VaultMessageType type, int others, boolean undone) throws Exception {
    endsWhatWasCutAtTheVault(type, others, undone);
  }

  @FullRunOnly
  @ParameterizedTest
  @CsvSource({
    "ORDER, 0, false",
    "REG_INIT, 0, true",
    "LOGIN_FINISH, 1, true",
    "LOGIN_FINISH, 1, false",
    "LOGIN_FINISH, 2, true",
  })
  void hk1_k_15_a_cut_at_any_other_message_is_ended_too(
      VaultMessageType type, int others, boolean undone) throws Exception {
    endsWhatWasCutAtTheVault(type, others, undone);
  }

  private void endsWhatWasCutAtTheVault(VaultMessageType type, int others, boolean undone)
      throws Exception {
    optInWithPassword();
    String before = backsUp(device);
    companyFixture.company().vault().cut(type, others, undone);
    assertThat(rotates()).isNotZero();
    assertThat(companyFixture.company().generation()).isEqualTo(1);
    companyFixture.company().vault().down(false);
    boolean old = restores("xcut", before, "--password-fd", CompanyFixture.PASSWORD) == 0;
    assertThat(old || restores("ycut", before, "--password-fd", NEW) == 0).isTrue();
    // The old key goes on as long as the vault says that the new one opens nothing.
    assertThat(device.run("backup", tree.toString())).as(device.err()).isEqualTo(old ? 0 : 6);
    assertThat(device.err()).contains("hikae keys rotate");
    assertThat(device.run("password")).isEqualTo(6);
    assertThat(device.err()).contains("end it first");

    assertThat(rotates()).as(device.err()).isZero();
    assertThat(restores("a", before, "--password-fd", NEW)).isZero();
    assertThat(restores("b", backsUp(device), "--password-fd", NEW)).isZero();
  }

  @Test
  void hk1_k_15_a_device_that_unlocks_in_the_middle_can_end_the_rotation() throws Exception {
    optInWithPassword();
    String before = backsUp(device);
    companyFixture.company().cut("rotation", 0, true);
    assertThat(rotates()).isEqualTo(5);
    AgentHarness second = companyFixture.device("second");
    assertThat(second.run("optin", "--password-fd", companyFixture.line(NEW)))
        .as(second.err())
        .isZero();
    assertThat(second.run("keys", "rotate", "--new-password-fd", companyFixture.line(NEW)))
        .as(second.err())
        .isZero();
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    assertThat(restores("a", before, "--password-fd", NEW)).isZero();
  }

  @Test
  void hk1_k_16_who_opened_the_later_key_never_seals_under_the_earlier_one() throws Exception {
    optInWithPassword();
    String before = backsUp(device);
    assertThat(rotates()).as(device.err()).isZero();
    String after = backsUp(device);
    companyFixture.company().claimsGeneration(1);

    AgentHarness second = companyFixture.device("second");
    assertThat(second.run("optin", "--password-fd", companyFixture.line(NEW)))
        .as(second.err())
        .isZero();
    assertThat(second.run("backup", tree.toString())).isEqualTo(6);
    assertThat(second.err()).contains("seals nothing under an earlier one", "hikae keys rotate");
    assertThat(companyFixture.company().stores().listing()).hasSize(2);
    for (String snapshot : List.of(before, after)) {
      assertThat(second.run("ls", snapshot)).as(second.err()).isZero();
      assertThat(second.out()).contains("letter.txt");
    }
    assertThat(device.run("backup", tree.toString())).isEqualTo(7);
    assertThat(device.err()).contains("set back");

    companyFixture.company().claimsGeneration(0);
    assertThat(second.run("backup", tree.toString())).as(second.err()).isZero();
    assertThat(companyFixture.company().stores().listing().getFirst().generation()).isEqualTo(2);
  }

  @Test
  void hk1_k_16_who_prepared_the_later_key_does_not_believe_that_it_is_not_in_use()
      throws Exception {
    optInWithPassword();
    String[] rotate = {
      "keys", "rotate", "--forgotten", "--new-password-fd", companyFixture.line(NEW)
    };
    assertThat(device.run(rotate)).as(device.err()).isZero();
    backsUp(device);
    companyFixture.company().vault().drops(VaultMessageType.STATUS, true);
    assertThat(device.run("backup", tree.toString())).isEqualTo(5);
    assertThat(device.err()).contains("Only the vault can say");
    companyFixture.company().vault().drops(VaultMessageType.STATUS, false);

    // Another device ends it, and the portal keeps that back.
    companyFixture.company().vault().later(Duration.ofHours(73));
    AgentHarness second = companyFixture.device("second");
    assertThat(second.run("optin", "--password-fd", companyFixture.line(NEW)))
        .as(second.err())
        .isZero();
    assertThat(second.run("keys", "rotate", "--new-password-fd", companyFixture.line(NEW)))
        .as(second.err())
        .isZero();
    assertThat(companyFixture.company().generation()).isEqualTo(2);
    companyFixture.company().claimsGeneration(1);
    int snapshots = companyFixture.company().stores().listing().size();
    assertThat(device.run("backup", tree.toString())).isEqualTo(6);
    assertThat(device.err()).contains("seals nothing under an earlier one");
    assertThat(companyFixture.company().stores().listing()).hasSize(snapshots);

    companyFixture.company().claimsGeneration(0);
    backsUp(device);
    assertThat(companyFixture.company().stores().listing().getFirst().generation()).isEqualTo(2);
  }

  @Test
  void hk1_k_16_digits_that_were_shown_may_have_been_used() throws Exception {
    companyFixture.makesDigits(device, false, "optin", "--yes", "--protect", "digit-key");
    backsUp(device);
    companyFixture.company().vault().cut(VaultMessageType.ORDER, 0, true);
    assertThat(companyFixture.makesDigits(device, false, "keys", "rotate").exit()).isNotZero();
    companyFixture.company().vault().down(false);
    assertThat(device.run("backup", tree.toString())).isEqualTo(6);
    assertThat(device.err()).contains("seals nothing under an earlier one", "hikae keys rotate");
    assertThat(device.run("keys", "rotate")).as(device.err()).isZero();
    backsUp(device);
  }

  @Test
  void digits_that_were_typed_back_are_not_made_twice() throws Exception {
    companyFixture.optsIn(device);
    companyFixture.company().vault().cut(VaultMessageType.ORDER, 0, true);
    CompanyFixture.NewKeyCommand newKeyCommand =
        companyFixture.makesDigits(device, false, rotation(CompanyFixture.PASSWORD, NEW));
    assertThat(newKeyCommand.exit()).isNotZero();
    companyFixture.company().vault().down(false);
    assertThat(rotates()).as(device.err()).isZero();
    assertThat(
            restores(
                "a", backsUp(device), "--digit-key-fd", String.join("\n", newKeyCommand.rows())))
        .isZero();
  }

  @Test
  void hk1_k_14_another_device_notices_and_asks_to_be_unlocked() throws Exception {
    optInWithPassword();
    AgentHarness second = companyFixture.device("second");
    assertThat(second.run("optin", "--password-fd", companyFixture.line(CompanyFixture.PASSWORD)))
        .isZero();
    assertThat(rotates()).as(device.err()).isZero();

    assertThat(second.run("backup", tree.toString())).isNotZero();
    assertThat(second.err()).contains("was rotated on another device");
    assertThat(companyFixture.company().requests().toString())
        .doesNotContain("POST /api/v1/device/snap");
    assertThat(second.run("keys")).isZero();
    assertThat(second.err()).contains("was rotated on another device");
    assertThat(second.run("optin", "--password-fd", companyFixture.line(NEW)))
        .as(second.err())
        .isZero();
    assertThat(second.run("keys")).isZero();
    assertThat(second.out()).contains("generation 2");
    assertThat(second.err()).doesNotContain("another device");
  }

  @Test
  void a_forgotten_password_is_replaced_after_the_announcement() throws Exception {
    optInWithPassword();
    String before = backsUp(device);
    String[] rotate = {
      "keys", "rotate", "--forgotten", "--new-password-fd", companyFixture.line(NEW)
    };
    assertThat(device.run(rotate)).as(device.err()).isZero();
    assertThat(device.out()).contains("hikae veto");
    assertThat(companyFixture.company().generation()).isEqualTo(1);
    assertThat(restores("a", before, "--password-fd", CompanyFixture.PASSWORD)).isZero();
    rotate[4] = companyFixture.line(NEW);
    assertThat(device.run(rotate)).isEqualTo(8);
    companyFixture.company().vault().later(Duration.ofHours(73));
    rotate[4] = companyFixture.line(NEW);
    assertThat(device.run(rotate)).as(device.err()).isZero();
    assertThat(companyFixture.company().generation()).isEqualTo(2);
    assertThat(restores("b", before, "--password-fd", NEW)).isZero();
  }

  @Test
  void what_is_announced_can_be_called_off_with_the_new_key() throws Exception {
    optInWithPassword();
    String[] rotate = {
      "keys", "rotate", "--forgotten", "--new-password-fd", companyFixture.line(NEW)
    };
    assertThat(device.run(rotate)).as(device.err()).isZero();
    assertThat(device.run("veto")).as(device.err()).isZero();
    assertThat(rotates()).as(device.err()).isZero();
    assertThat(restores("a", backsUp(device), "--password-fd", NEW)).isZero();
  }

  @Test
  void a_wrong_old_password_hands_nothing_over() throws Exception {
    optInWithPassword();
    assertThat(device.run(rotation("not the password 1", NEW))).isEqualTo(8);
    assertThat(companyFixture.company().vault().asked(VaultMessageType.ORDER)).isZero();
    assertThat(device.run(rotation(CompanyFixture.PASSWORD, CompanyFixture.PASSWORD))).isEqualTo(6);
    assertThat(rotates()).as(device.err()).isZero();
  }

  @Test
  void hk1_k_13_a_lost_or_wrong_link_is_said_in_words() throws Exception {
    optInWithPassword();
    String before = backsUp(device);
    assertThat(rotates()).as(device.err()).isZero();
    Map<String, WrapView> wraps = companyFixture.company().wraps();
    WrapView chain =
        wraps.values().stream()
            .filter(view -> view.method() == WrapMethod.CHAIN)
            .findFirst()
            .orElseThrow();
    String blob = String.valueOf(chain.blob());
    String bad =
        blob.substring(0, 120) + (blob.charAt(120) == 'A' ? 'B' : 'A') + blob.substring(121);
    wraps.put(
        chain.wrapId(),
        new WrapView(
            chain.wrapId(),
            chain.method(),
            chain.generation(),
            chain.deviceId(),
            chain.createdAt(),
            bad));
    assertThat(restores("a", before, "--password-fd", NEW)).isEqualTo(7);
    assertThat(device.run("ls", before)).isEqualTo(7);
    assertThat(device.err()).contains("damaged or not the right one");
    wraps.remove(chain.wrapId());
    assertThat(device.run("ls", before)).isEqualTo(7);
    assertThat(device.err()).contains("does not serve the link");
  }

  @Test
  void digits_alone_are_rotated_too() throws Exception {
    List<String> optIn = new ArrayList<>(List.of("optin", "--yes", "--protect", "digit-key"));
    companyFixture.makesDigits(device, false, optIn.toArray(new String[0]));
    String before = backsUp(device);
    CompanyFixture.NewKeyCommand newKeyCommand =
        companyFixture.makesDigits(device, false, "keys", "rotate");
    assertThat(newKeyCommand.exit()).as(device.err()).isZero();
    String after = backsUp(device);
    assertThat(device.out()).contains("\"event\":\"witness\"");
    String rows = String.join("\n", newKeyCommand.rows());
    assertThat(restores("a", before, "--digit-key-fd", rows)).isZero();
    assertThat(restores("b", after, "--digit-key-fd", rows)).isZero();
  }
}
