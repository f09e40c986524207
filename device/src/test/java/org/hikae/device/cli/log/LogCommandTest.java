package org.hikae.device.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.device.AgentJson;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.state.RememberedVault;
import org.hikae.hk1.TextCodec;
import org.hikae.transparency.wire.EntryBundle;
import org.hikae.transparency.wire.LogEntry;
import org.hikae.vault.wire.SignedCard;
import org.junit.jupiter.api.Test;

/** What a device says of the portal's log (HK1-X-09 to HK1-X-11). Budget: 10 seconds. */
class LogCommandTest extends CompanyTestBase {

  private static final int CORRUPT = 7;

  /** The entry of the card that the first device was given. */
  private byte[] card() throws Exception {
    RememberedVault vault =
        AgentJson.mapper()
            .treeToValue(
                AgentJson.mapper()
                    .readTree(folder.resolve("first/hikae/secrets.json").toFile())
                    .get("vault"),
                RememberedVault.class);
    byte[] card = TextCodec.parseBase64("card", vault.card(), SignedCard.MAX_BYTES);
    return LogEntry.ofCard(SignedCard.parse(card)).encode();
  }

  private static byte[] text(int number) {
    return LogEntry.ofConsent(number, "en", "Consent", "Text " + number).encode();
  }

  private byte[] publish(byte[]... entries) {
    return company.log.publish(List.of(entries));
  }

  private int backUp(AgentHarness device) {
    return device.run("backup", tree.toString());
  }

  @Test
  void each_backup_looks_and_says_nothing_while_the_log_grows() throws Exception {
    AgentHarness device = optedIn("first");
    assertThat(backUp(device)).as("a portal without a log").isZero();
    assertThat(device.err()).doesNotContain("transparency");
    assertThat(device.run("log")).isZero();
    assertThat(device.out()).contains("no transparency log yet");

    publish(text(1), card());
    assertThat(backUp(device)).isZero();
    publish(text(1), card(), text(2));
    assertThat(backUp(device)).isZero();

    assertThat(device.err()).doesNotContain("ALARM", "transparency");
    assertThat(device.run("log")).isZero();
    assertThat(device.out()).contains("3 entries", "begins with those");
  }

  @Test
  void a_log_that_was_written_anew_is_an_alarm_with_both_ends_kept() throws Exception {
    AgentHarness device = optedIn("first");
    byte[] before = publish(text(1), card());
    assertThat(device.run("log")).isZero();
    byte[] now = publish(text(2), card(), text(3));

    assertThat(backUp(device)).as("the backup itself is complete").isZero();
    assertThat(device.err()).contains("ALARM", "does not begin with the 2 entries");
    assertThat(device.run("log", "--json")).isEqualTo(CORRUPT);
    assertThat(device.out()).contains("\"fault\":\"LOG_FORKED\"");
    assertThat(kept("first")).contains(before, now);
  }

  /** All that a device keeps of the log. */
  private List<byte[]> kept(String device) throws Exception {
    List<byte[]> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve(device).resolve("hikae/log"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.add(Files.readAllBytes(file));
      }
    }
    return all;
  }

  @Test
  void fewer_entries_another_key_and_other_entries_are_alarms() throws Exception {
    AgentHarness device = optedIn("first");
    publish(text(1), card(), text(2));
    assertThat(device.run("log")).isZero();

    publish(text(1), card());
    assertThat(device.run("log")).isEqualTo(CORRUPT);
    assertThat(device.err()).contains("has 2 entries, and had signed 3");

    publish(text(1), card(), text(2), text(3));
    company.log.files().put("tile/entries/000.p/4", bundle(text(1), card(), text(2), text(4)));
    assertThat(device.run("log")).isEqualTo(CORRUPT);
    assertThat(device.err()).contains("are not those that its log has signed");

    company.log.changesKey();
    publish(text(1), card(), text(2), text(3));
    assertThat(device.run("log")).isEqualTo(CORRUPT);
    assertThat(device.err()).contains("not signed by the key");
  }

  private static byte[] bundle(byte[]... entries) {
    return new EntryBundle(List.of(entries)).encode();
  }

  @Test
  void a_card_that_is_not_in_the_log_is_an_alarm() throws Exception {
    AgentHarness device = optedIn("first");
    publish(text(1));
    assertThat(backUp(device)).isZero();
    assertThat(device.err()).contains("ALARM", "is not in the log of 1 entries");
    publish(text(1), card());
    assertThat(device.run("log")).isZero();
    assertThat(device.run("log")).as("the same end again").isZero();
    try (Stream<Path> files = Files.walk(folder.resolve("first/hikae/log"))) {
      for (Path cards : files.filter(file -> file.endsWith("cards")).toList()) {
        Files.writeString(cards, "damaged");
      }
    }
    assertThat(device.run("log")).as("what was noted of it is read again").isZero();
  }

  @Test
  void a_log_that_was_shown_and_is_silent_is_told() throws Exception {
    AgentHarness device = optedIn("first");
    publish(text(1), card());
    assertThat(device.run("log")).isZero();
    company.log.files().clear();

    assertThat(backUp(device)).isZero();
    assertThat(device.err()).contains("could not be read").doesNotContain("ALARM");
    assertThat(device.run("log")).as("exit code of a network").isNotZero().isNotEqualTo(CORRUPT);
  }

  @Test
  void two_devices_see_that_they_are_shown_different_logs() throws Exception {
    AgentHarness first = optedIn("first");
    publish(text(1), card());
    Path end = folder.resolve("end");
    assertThat(first.run("log", "--export", end.toString())).as(first.err()).isZero();
    assertThat(first.run("log", "--export", end.toString())).as("nothing is replaced").isNotZero();

    AgentHarness second = device("second");
    signIn(second);
    publish(text(1), card(), text(2));
    assertThat(second.run("log", "--compare", end.toString())).as(second.err()).isZero();
    assertThat(second.out()).contains("shown the same log");

    AgentHarness third = device("third");
    signIn(third);
    publish(text(3), card(), text(4));
    assertThat(third.run("log", "--compare", end.toString())).isEqualTo(CORRUPT);
    assertThat(third.err()).contains("ALARM", "shown different logs");
    assertThat(kept("third")).contains(Files.readAllBytes(end));

    Files.write(end, "no end".getBytes(StandardCharsets.UTF_8));
    assertThat(third.run("log", "--compare", end.toString())).isNotZero();
    assertThat(third.err()).contains("is no end that the log");
  }

  @Test
  void what_is_kept_can_be_moved_aside_and_is_not_lost() throws Exception {
    AgentHarness device = optedIn("first");
    assertThat(device.run("log", "--forget")).as("nothing is kept yet").isNotZero();
    byte[] before = publish(text(1), card());
    assertThat(device.run("log")).isZero();
    publish(text(2), card());
    assertThat(device.run("log")).isEqualTo(CORRUPT);

    assertThat(device.run("log", "--forget")).isZero();
    assertThat(device.run("log")).isZero();
    assertThat(kept("first")).contains(before);
  }
}
