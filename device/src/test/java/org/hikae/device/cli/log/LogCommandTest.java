package org.hikae.device.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.company.FakeCompany;
import org.hikae.device.schedule.FakeProgramRunner;
import org.hikae.device.schedule.HostComputer;
import org.hikae.enrollment.wire.Reconsent;
import org.hikae.testing.SettableClock;
import org.hikae.transparency.wire.EntryBundle;
import org.hikae.transparency.wire.LogEntry;
import org.hikae.vault.wire.SignedCard;
import org.junit.jupiter.api.Test;

/** What a device says of the portal's log (HK1-X-09 to HK1-X-11). Budget: 15 seconds. */
class LogCommandTest extends CompanyTestBase {

  private static final int NETWORK = 5;
  private static final int REFUSED = 6;
  private static final int CORRUPT = 7;

  private static final String CHECKPOINT = "GET /api/public/log/checkpoint";

  /** The entry of the card that devices are given. */
  private byte[] card() throws Exception {
    return LogEntry.ofCard(SignedCard.parse(company.vault().card())).encode();
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

  private List<String> asked(int before) {
    return company.requests().stream()
        .skip(before)
        .filter(request -> request.contains("/public/log/"))
        .toList();
  }

  /** All that a device keeps of the log. */
  private List<byte[]> kept(String device) throws IOException {
    List<byte[]> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve(device).resolve("hikae/log"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.add(Files.readAllBytes(file));
      }
    }
    return all;
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
    int before = company.requests().size();
    assertThat(backUp(device)).isZero();
    assertThat(asked(before)).as("of the end that is kept").containsExactly(CHECKPOINT);

    assertThat(device.err()).doesNotContain("ALARM", "transparency");
    assertThat(device.run("log")).isZero();
    assertThat(device.out()).contains("3 entries", "begins with those");
    assertThat(device.out()).as("also later").contains(company.log.key().text());
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
    assertThat(device.out()).contains("\"fault\":\"LOG_FORKED\"", "checkpoint.other-");
    assertThat(kept("first")).contains(before, now);
    assertThat(device.run("log", "--lang", "ja")).isEqualTo(CORRUPT);
    assertThat(device.err()).contains("警報");
  }

  @Test
  void an_alarm_stands_although_the_old_end_is_given_again() throws Exception {
    AgentHarness device = optedIn("first");
    publish(text(1), card());
    assertThat(device.run("log")).isZero();
    publish(text(2), card());
    assertThat(backUp(device)).isZero();

    publish(text(1), card());
    assertThat(device.run("log")).isEqualTo(CORRUPT);
    assertThat(device.err()).contains("ALARM", "did not fit on", "FORKED");
    assertThat(backUp(device)).isZero();
    assertThat(device.err()).contains("ALARM", "did not fit on");
    assertThat(device.run("status", "--json")).isZero();
    assertThat(device.out()).contains("\"logAlarm\":\"FORKED\"", "\"logAlarmSince\":\"20");
    assertThat(device.err()).contains("ALARM");
    company.log.files().clear();
    assertThat(backUp(device)).isZero();
    assertThat(device.err()).as("silence does not end it").contains("ALARM", "did not fit on");
  }

  /** Most backups are made while nobody looks. */
  @Test
  void an_alarm_is_shown_on_the_desktop_once_a_day() throws Exception {
    AgentHarness device = optedIn("first");
    publish(text(1), card());
    assertThat(device.run("log")).isZero();
    publish(text(1));
    FakeProgramRunner programs = new FakeProgramRunner().answer("notify-send", 0, "");
    SettableClock clock = new SettableClock(Instant.now());
    HostComputer computer = new HostComputer(programs, folder.resolve("power"), false);
    device.on(Map.of(), clock, duration -> {}, computer);
    assertThat(device.run("backup", "--json", tree.toString())).isZero();
    assertThat(device.out()).contains("\"fault\":\"LOG_SHRUNK\"", "\"shown\":true");
    assertThat(backUp(device)).isZero();
    assertThat(notes(programs)).isEqualTo(1);
    clock.advance(Duration.ofDays(1));
    assertThat(backUp(device)).isZero();
    assertThat(notes(programs)).isEqualTo(2);
  }

  private static long notes(FakeProgramRunner programs) {
    return programs.commands().stream()
        .filter(command -> command.getFirst().equals("notify-send"))
        .filter(command -> command.contains("The portal's log does not fit"))
        .count();
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
    assertThat(device.err()).contains("not signed by the log's key");
  }

  private static byte[] bundle(byte[]... entries) {
    return new EntryBundle(List.of(entries)).encode();
  }

  @Test
  void a_card_that_is_not_in_the_log_is_an_alarm() throws Exception {
    AgentHarness device = optedIn("first");
    byte[] without = publish(text(1));
    assertThat(backUp(device)).isZero();
    assertThat(device.err()).contains("ALARM", "is not in the log of 1 entries");
    publish(text(1), card());
    assertThat(device.run("log")).as("it came late").isEqualTo(CORRUPT);
    assertThat(device.err()).contains("CARD_MISSING");
    assertThat(kept("first")).contains(without);
  }

  /** After a restore of its database an honest portal enters the card as soon as it is asked. */
  @Test
  void a_card_that_the_portal_enters_when_it_hands_it_out_is_no_alarm() throws Exception {
    AgentHarness device = optedIn("first");
    publish(text(1));
    byte[] card = card();
    company.watchedBy(
        new FakeCompany.RequestListener() {
          @Override
          public byte[] arriving(String request, InputStream body) throws IOException {
            if (request.equals("GET /api/v1/device/vault/card")) {
              publish(text(1), card);
            }
            return body.readAllBytes();
          }
        });
    assertThat(backUp(device)).isZero();
    assertThat(device.err()).doesNotContain("ALARM");
    assertThat(device.run("log")).isZero();
  }

  @Test
  void a_backup_that_failed_looks_too() throws Exception {
    AgentHarness device = optedIn("first");
    publish(text(1), card());
    assertThat(device.run("log")).isZero();
    publish(text(2), card());
    company.responses().reconsent = new Reconsent(Instant.parse("2026-04-05T12:07:08Z"), true);
    assertThat(backUp(device)).isEqualTo(REFUSED);
    assertThat(device.err()).contains("backups pause", "ALARM", "does not begin");
  }

  @Test
  void a_log_that_was_shown_and_is_silent_is_told() throws Exception {
    AgentHarness device = optedIn("first");
    publish(text(1), card());
    assertThat(device.run("log")).isZero();
    company.log.files().clear();

    assertThat(backUp(device)).isZero();
    assertThat(device.err()).contains("could not be read").doesNotContain("ALARM");
    assertThat(device.run("log")).isEqualTo(NETWORK);
  }

  /** Each file once, however long a server asks to wait. */
  @Test
  void a_portal_that_cannot_sign_keeps_no_backup_waiting() throws Exception {
    AgentHarness device = optedIn("first");
    company.log.refusesWith(503);
    int before = company.requests().size();
    assertThat(backUp(device)).isZero();
    assertThat(device.err()).contains("could not be read");
    assertThat(asked(before)).containsExactly(CHECKPOINT);
  }

  @Test
  void silence_of_a_week_is_an_alarm_and_no_log_at_all_is_told() throws Exception {
    AgentHarness device = optedIn("first");
    SettableClock clock = new SettableClock(Instant.now());
    HostComputer computer =
        new HostComputer(new FakeProgramRunner(), folder.resolve("power"), false);
    device.on(Map.of(), clock, duration -> {}, computer);
    for (int day : new int[] {0, 3, 3, 2}) {
      clock.advance(Duration.ofDays(day));
      assertThat(device.run("log")).isZero();
    }
    assertThat(device.err()).contains("for 8 days, and never did").doesNotContain("ALARM");
    company.log.refusesWith(503);
    assertThat(device.run("log")).as("no network on one day").isEqualTo(NETWORK);
    assertThat(device.err()).doesNotContain("ALARM");
    assertThat(device.run("status")).isZero();
    assertThat(device.err()).contains("never did");
    company.log.refusesWith(0);
    publish(text(1), card());
    assertThat(device.run("log")).isZero();
    assertThat(device.err()).doesNotContain("never did");

    company.log.refusesWith(503);
    for (int day : new int[] {0, 3, 3}) {
      clock.advance(Duration.ofDays(day));
      assertThat(device.run("log")).isEqualTo(NETWORK);
      assertThat(device.err()).doesNotContain("ALARM");
    }
    clock.advance(Duration.ofDays(2));
    assertThat(device.run("log", "--json")).isEqualTo(NETWORK);
    assertThat(device.err()).contains("ALARM", "for 8 days");
    assertThat(device.out()).contains("\"fault\":\"LOG_SILENT\"");
    company.log.refusesWith(0);
    assertThat(device.run("log")).as("silence ends").isZero();
  }

  @Test
  void an_end_without_a_key_is_an_alarm_at_the_first_look_too() throws Exception {
    AgentHarness device = optedIn("first");
    byte[] end = publish(text(1), card());
    company.log.files().remove("key");
    assertThat(device.run("log")).isEqualTo(CORRUPT);
    assertThat(kept("first")).contains(end);
  }

  private Path end() {
    return folder.resolve("end");
  }

  private AgentHarness signedIn(String name) throws IOException {
    AgentHarness device = device(name);
    assertThat(signIn(device)).as(device.err()).isZero();
    return device;
  }

  @Test
  void two_devices_see_that_they_are_shown_different_logs() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("log", "--export", end().toString())).isEqualTo(REFUSED);
    publish(text(1), card());
    assertThat(first.run("log")).isZero();
    assertThat(first.run("log", "--export", end().toString())).as(first.err()).isZero();
    assertThat(first.run("log", "--export", end().toString())).as("never replaced").isEqualTo(9);

    AgentHarness second = signedIn("second");
    assertThat(second.run("log", "--compare", end().toString())).as(second.err()).isZero();
    assertThat(second.out()).contains("shown the same log of 2 entries");
    publish(text(1), card(), text(2));
    assertThat(second.run("log")).isZero();
    assertThat(second.run("log", "--compare", end().toString())).as(second.err()).isZero();
    assertThat(second.out()).contains("begins with the 2 entries", "only both together");

    AgentHarness third = signedIn("third");
    publish(text(3), card(), text(4));
    assertThat(third.run("log", "--compare", end().toString())).isEqualTo(CORRUPT);
    assertThat(third.err()).contains("ALARM", "shown different logs");
    assertThat(kept("third")).contains(Files.readAllBytes(end()));
    assertThat(third.run("log")).as("it stands").isEqualTo(CORRUPT);

    Files.write(end(), "no end".getBytes(StandardCharsets.UTF_8));
    assertThat(third.run("log", "--compare", end().toString())).isEqualTo(REFUSED);
    assertThat(third.err()).contains("is no end of a log");
  }

  /** Only compare asked twice on one connection, without an entry in between. */
  @Test
  void a_portal_that_gives_the_right_log_for_the_comparison_is_found_out() throws Exception {
    AgentHarness first = optedIn("first");
    publish(text(1), card());
    assertThat(first.run("log")).isZero();
    assertThat(first.run("log", "--export", end().toString())).isZero();

    AgentHarness second = signedIn("second");
    publish(text(3), card(), text(4));
    assertThat(second.run("log")).isZero();
    byte[] card = card();
    AtomicInteger times = new AtomicInteger();
    company.log.whenAsked(
        path -> {
          if (path.equals("checkpoint") && times.incrementAndGet() == 2) {
            publish(text(1), card, text(5));
          }
        });
    assertThat(second.run("log", "--compare", end().toString())).isEqualTo(CORRUPT);
    assertThat(second.err()).contains("shown different logs");
  }

  @Test
  void a_portal_with_a_key_for_each_device_is_found_out() throws Exception {
    AgentHarness first = optedIn("first");
    publish(text(1), card());
    assertThat(first.run("log")).isZero();
    assertThat(first.run("log", "--export", end().toString())).isZero();
    AgentHarness second = signedIn("second");
    company.log.changesKey();
    publish(text(1), card());
    assertThat(second.run("log")).isZero();
    assertThat(second.run("log", "--compare", end().toString(), "--json")).isEqualTo(CORRUPT);
    assertThat(second.out()).contains("\"fault\":\"LOG_OTHER_KEY\"");
    assertThat(second.err()).contains("another key", company.log.key().text());
    assertThat(kept("second")).contains(Files.readAllBytes(end()));
  }

  /** Who is suspected does not decide whether one may compare. */
  @Test
  void exporting_and_comparing_the_same_needs_no_portal() throws Exception {
    AgentHarness first = optedIn("first");
    publish(text(1), card());
    assertThat(first.run("log")).isZero();
    publish(text(2), card());
    assertThat(first.run("log")).isEqualTo(CORRUPT);
    company.log.files().clear();
    int before = company.requests().size();
    assertThat(first.run("log", "--export", end().toString())).as(first.err()).isZero();
    assertThat(first.run("log", "--compare", end().toString())).as(first.err()).isZero();
    assertThat(company.requests()).hasSize(before);
  }

  @Test
  void what_is_kept_can_be_moved_aside_and_is_not_lost() throws Exception {
    AgentHarness device = optedIn("first");
    assertThat(device.run("log", "--forget")).as("nothing is kept yet").isEqualTo(REFUSED);
    byte[] before = publish(text(1), card());
    assertThat(device.run("log")).isZero();
    byte[] other = publish(text(2), card());
    assertThat(device.run("log")).isEqualTo(CORRUPT);

    assertThat(device.run("log", "--forget")).as("evidence is asked for").isEqualTo(4);
    assertThat(device.err()).contains("--yes");
    assertThat(device.run("log", "--forget", "--yes")).isZero();
    assertThat(device.run("log")).isZero();
    assertThat(kept("first")).contains(before, other);
    company.log.changesKey();
    publish(text(2), card());
    assertThat(device.run("log")).as("the key stays").isEqualTo(CORRUPT);
    assertThat(device.run("log", "--forget-key", "--yes")).isZero();
  }
}
