package org.hikae.device.cli.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.backup.wire.ReleaseCause;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.backup.wire.ReleaseStatus;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.company.FakeCompany;
import org.hikae.device.schedule.FakeProgramRunner;
import org.hikae.device.schedule.HostComputer;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.wire.VaultMessageType;
import org.junit.jupiter.api.Test;

/**
 * A portal that lies about what is newest, current or removed, with genuine snapshots (HK1-S-13,
 * HK1-V-19, HK1-V-32). Budget: 30 seconds.
 */
@EveryThirdRun
class HostilePortalTest extends CompanyTestBase {

  private static final String OLD = "first words";
  private static final String NEW = "last words";

  private final List<String> digits = new ArrayList<>();

  private AgentHarness withTwoSnapshots() throws Exception {
    return withTwoSnapshots(Duration.ZERO);
  }

  private AgentHarness withTwoSnapshots(Duration later) throws Exception {
    AgentHarness device = device("first");
    signIn(device);
    assertThat(optInBoth(device, digits)).as(device.err()).isZero();
    at(device, later);
    backsUp(device, OLD);
    backsUp(device, NEW);
    return device;
  }

  private void backsUp(AgentHarness device, String letter) throws IOException {
    Files.writeString(tree.resolve("letter.txt"), letter);
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
  }

  private AgentHarness newDevice(String name) throws IOException {
    AgentHarness device = device(name);
    assertThat(signIn(device)).isZero();
    return device;
  }

  private int restores(AgentHarness device, String name, String... more) {
    List<String> all = new ArrayList<>(List.of("restore", "--target", target(name).toString()));
    all.addAll(List.of("--path", tree.toString(), "--json"));
    all.addAll(List.of(more));
    return device.run(all.toArray(new String[0]));
  }

  private int restoresByPassword(AgentHarness device, String name, String... more)
      throws IOException {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(List.of("--password-fd", password()));
    return restores(device, name, all.toArray(new String[0]));
  }

  private int restoresByDigits(AgentHarness device, String name, String... more)
      throws IOException {
    List<String> all = new ArrayList<>(List.of(more));
    String rows = String.join("\n", digits) + "\n";
    all.addAll(List.of("--digit-key-fd", String.valueOf(descriptors.with(rows))));
    return restores(device, name, all.toArray(new String[0]));
  }

  private Path target(String name) {
    return folder.resolve("restored-" + name);
  }

  private String letter(String name) throws IOException {
    return Files.readString(target(name).resolve("letter.txt"));
  }

  private static List<SnapshotView> oldestFirst(List<SnapshotView> honest) {
    return honest.reversed();
  }

  private static List<SnapshotView> withoutTheNewest(List<SnapshotView> honest) {
    return honest.subList(1, honest.size());
  }

  private static List<SnapshotView> newestRemoved(List<SnapshotView> honest) {
    List<SnapshotView> list = new ArrayList<>(honest);
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    list.set(
        0,
        with(
            honest.getFirst(),
            at,
            new ReleaseStatus(ReleaseState.REMOVED, ReleaseCause.RETENTION, at, null, null, at)));
    return list;
  }

  private static SnapshotView with(
      SnapshotView view, Instant committedAt, ReleaseStatus releaseStatus) {
    return new SnapshotView(
        view.snapshotId(),
        view.setId(),
        view.deviceId(),
        view.generation(),
        view.sequence(),
        view.previous(),
        view.root(),
        view.listHash(),
        view.stubHash(),
        committedAt,
        view.objects(),
        view.storedBytes(),
        view.files(),
        view.plainBytes(),
        releaseStatus);
  }

  @Test
  void latest_is_the_newest_in_whatever_order_the_portal_lists() throws Exception {
    AgentHarness first = withTwoSnapshots();
    company.stores().lists(HostilePortalTest::oldestFirst);

    assertThat(restores(first, "own")).as(first.err()).isZero();
    assertThat(letter("own")).isEqualTo(NEW);
    AgentHarness second = newDevice("second");
    assertThat(restoresByPassword(second, "new")).as(second.err()).isZero();
    assertThat(letter("new")).isEqualTo(NEW);
    assertThat(second.run("snapshots", "--json")).as(second.err()).isZero();
    assertThat(second.out())
        .containsSubsequence("\"sequence\":2", "\"sequence\":1")
        .doesNotContain("\"madeAt\":null");
    assertThat(second.run("diff", sequence(1), "latest", "--json")).as(second.err()).isZero();
    assertThat(second.out()).contains("\"contents\":1");
  }

  private String sequence(int number) {
    return company.store().committed().get(number - 1).snapshotId();
  }

  @Test
  void a_newest_one_that_is_said_to_be_removed_is_missing() throws Exception {
    AgentHarness first = withTwoSnapshots();
    company.stores().lists(HostilePortalTest::newestRemoved);

    assertThat(restores(first, "own")).isEqualTo(7);
    assertThat(first.err()).contains("ALARM", "number 2, was removed");
    assertThat(first.out()).contains("NEWEST_REMOVED");
    AgentHarness second = newDevice("second");
    assertThat(restoresByPassword(second, "new")).isEqualTo(7);
    assertThat(target("new")).doesNotExist();
    assertThat(restores(second, "new", "--accept-older", "1")).as(second.err()).isZero();
    assertThat(letter("new")).isEqualTo(OLD);
    for (String[] command : new String[][] {{"ls"}, {"verify"}, {"snapshots"}, {"ls", "latest"}}) {
      assertThat(second.run(command)).as(command[0]).isEqualTo(7);
      assertThat(second.err()).as(command[0]).contains("was removed");
    }
    assertThat(second.run("diff", "latest", sequence(1))).isEqualTo(7);
  }

  @Test
  void who_released_it_says_so_once() throws Exception {
    AgentHarness first = withTwoSnapshots();
    company.stores().lists(HostilePortalTest::newestRemoved);
    assertThat(first.run("snapshots", "--accept-removed")).isEqualTo(7);
    assertThat(first.err()).contains("is no alarm any more");

    assertThat(first.run("snapshots")).as(first.err()).isZero();
    assertThat(restores(first, "own")).as(first.err()).isZero();
    assertThat(letter("own")).isEqualTo(OLD);
    company.stores().lists(honest -> honest);
    assertThat(restores(first, "again")).as(first.err()).isZero();
    assertThat(letter("again")).isEqualTo(NEW);
  }

  @Test
  void what_the_vault_says_at_the_login_is_used_when_status_is_dropped_after_it() throws Exception {
    withTwoSnapshots();
    company.stores().lists(HostilePortalTest::withoutTheNewest);
    company.vault().dropsStatusAfter(VaultMessageType.LOGIN_FINISH);

    AgentHarness second = newDevice("second");
    assertThat(restoresByPassword(second, "new")).isEqualTo(7);
    assertThat(second.err()).contains("a moment ago", "witnessed number 2");
    assertThat(target("new")).doesNotExist();
  }

  @Test
  void the_newest_is_restored_without_asking_when_only_status_is_dropped() throws Exception {
    withTwoSnapshots();
    company.vault().dropsStatusAfter(VaultMessageType.LOGIN_FINISH);
    AgentHarness second = newDevice("second");
    assertThat(restoresByPassword(second, "new")).as(second.err()).isZero();
    assertThat(letter("new")).isEqualTo(NEW);
  }

  @Test
  void what_nobody_vouches_for_is_asked_about() throws Exception {
    AgentHarness first = withTwoSnapshots();
    company.stores().lists(HostilePortalTest::withoutTheNewest);
    company.vault().drops(VaultMessageType.STATUS, true);

    AgentHarness second = newDevice("second");
    assertThat(restoresByDigits(second, "new")).isEqualTo(6);
    assertThat(second.err())
        .contains("could not be checked", "Only the portal says", "--accept-unchecked");
    assertThat(second.out()).contains("\"event\":\"unchecked\"");
    assertThat(target("new")).doesNotExist();
    // What was seen by then has not become a witness.
    assertThat(restores(second, "new")).isEqualTo(6);
    assertThat(second.run("ls")).isZero();
    assertThat(second.err()).contains("could not be checked");
    assertThat(restores(second, "named", sequence(1))).as(second.err()).isZero();
    assertThat(restores(second, "new", "--accept-unchecked")).as(second.err()).isZero();
    assertThat(letter("new")).isEqualTo(OLD);

    company.stores().lists(honest -> honest);
    assertThat(restores(first, "own")).as("has made it itself: " + first.err()).isZero();
    assertThat(letter("own")).isEqualTo(NEW);
  }

  /** HK1-V-48. */
  @Test
  void who_has_the_digits_asks_the_vault_as_well() throws Exception {
    withTwoSnapshots();
    company.stores().lists(HostilePortalTest::withoutTheNewest);
    AgentHarness second = newDevice("second");
    assertThat(restoresByDigits(second, "new")).isEqualTo(7);
    assertThat(second.err()).contains("witnessed number 2");
    assertThat(target("new")).doesNotExist();
  }

  /** HK1-V-47. */
  @Test
  void without_a_pin_nothing_is_sent_to_the_vault() throws Exception {
    withTwoSnapshots();
    AgentHarness second = device("second");
    assertThat(second.run("login", "--server", company.url())).isZero();
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    company.watchedBy(
        new FakeCompany.RequestListener() {
          @Override
          public byte[] arriving(String request, InputStream body) throws IOException {
            asked.add(request);
            return body.readAllBytes();
          }
        });
    assertThat(restoresByDigits(second, "new")).isEqualTo(6);
    assertThat(second.err()).contains("no vault root is pinned", "Only the portal says");
    assertThat(asked)
        .anyMatch(request -> request.endsWith("/wraps"))
        .noneMatch(request -> request.contains("/vault/"));
  }

  @Test
  void a_series_that_was_never_witnessed_is_asked_about_too() throws Exception {
    company.vault().drops(VaultMessageType.WITNESS, true);
    withTwoSnapshots();
    AgentHarness second = newDevice("second");
    assertThat(restoresByPassword(second, "new")).isEqualTo(6);
    assertThat(second.err()).contains("never witnessed");
  }

  /** HK1-V-46, HK1-D-11. */
  @Test
  void a_vault_that_was_set_back_counts_as_one_that_is_silent() throws Exception {
    withTwoSnapshots();
    AgentHarness second = newDevice("second");
    assertThat(second.run("optin", "--password-fd", password())).as(second.err()).isZero();
    company.vault().setBack(1);
    assertThat(restores(second, "new")).isEqualTo(6);
    assertThat(second.err()).contains("ALARM: the vault", "Only the portal says", ", made at ");
    assertThat(second.out()).contains("VAULT_SET_BACK");
    assertThat(restores(second, "named", sequence(2))).as(second.err()).isZero();
    assertThat(restores(second, "new", "--accept-unchecked")).as(second.err()).isZero();
  }

  /** HK1-V-50; the way out is the one of docs/vault.md. */
  @Test
  void another_card_under_a_number_that_was_seen_is_an_alarm_until_the_next() throws Exception {
    AgentHarness first = withTwoSnapshots();
    company.vault().showsAnotherCard();
    assertThat(restores(first, "own")).as(first.err()).isZero();
    assertThat(first.err()).contains("ALARM: the vault shows another card", "renew ends this");
    assertThat(first.out()).contains("OTHER_CARD");
    assertThat(first.run("backup", tree.toString(), "--json")).as(first.err()).isZero();
    assertThat(first.out()).contains("OTHER_CARD");

    company.vault().renews();
    assertThat(restores(first, "again")).as(first.err()).isZero();
    assertThat(first.err()).doesNotContain("ALARM");
  }

  /** HK1-D-09. */
  @Test
  void a_clock_that_was_ahead_is_asked_about_where_no_witness_says_better() throws Exception {
    withTwoSnapshots(Duration.ofDays(-1));
    AgentHarness second = newDevice("second");
    assertThat(restoresByPassword(second, "join")).as(second.err()).isZero();
    at(second, Duration.ofDays(300));
    company.vault().drops(VaultMessageType.WITNESS, true);
    backsUp(second, "from the second");
    AgentHarness third = newDevice("third");
    assertThat(third.run("optin", "--password-fd", password())).as(third.err()).isZero();
    assertThat(restores(third, "third", "--accept-unchecked")).as(third.err()).isZero();
    assertThat(third.out()).contains("\"event\":\"ahead\"");
    assertThat(third.err()).contains("later than now");

    company.vault().drops(VaultMessageType.WITNESS, false);
    backsUp(second, "from the second again");
    assertThat(restores(third, "fourth")).as(third.err()).isZero();
    assertThat(letter("fourth")).isEqualTo("from the second again");
  }

  @Test
  void times_are_those_of_the_roots() throws Exception {
    AgentHarness first = withTwoSnapshots();
    company
        .stores()
        .lists(
            honest ->
                honest.stream()
                    .map(view -> with(view, Instant.parse("2031-02-03T04:05:06Z"), view.fate()))
                    .toList());

    assertThat(first.run("snapshots")).as(first.err()).isZero();
    String year = Instant.now().toString().substring(0, 4);
    assertThat(first.out()).doesNotContain("2031").contains(year);
    assertThat(first.run("restore", "--target", target("own").toString())).isZero();
    assertThat(first.out()).doesNotContain("2031").contains(year).contains("this device");
    company.store().objects().clear();
    assertThat(first.run("snapshots")).as(first.err()).isZero();
    assertThat(first.out()).contains("2031-02-03", "portal's word");
  }

  private AgentHarness at(AgentHarness device, Duration later) {
    return device.on(
        Map.of(),
        Clock.offset(Clock.systemUTC(), later),
        duration -> {},
        new HostComputer(command -> Optional.empty(), folder.resolve("power"), false));
  }

  /** The second device backed up a day after the first one, and is listed after it. */
  private AgentHarness twoDevices() throws Exception {
    withTwoSnapshots(Duration.ofDays(-1));
    AgentHarness second = newDevice("second");
    assertThat(restoresByPassword(second, "join")).as(second.err()).isZero();
    backsUp(second, "from the second");
    company
        .stores()
        .lists(
            honest ->
                honest.stream()
                    .sorted(java.util.Comparator.comparingLong(SnapshotView::sequence).reversed())
                    .toList());
    return second;
  }

  @Test
  void across_devices_the_time_in_the_root_counts_and_the_device_is_named() throws Exception {
    twoDevices();
    AgentHarness third = newDevice("third");
    assertThat(third.run("optin", "--password-fd", password())).as(third.err()).isZero();
    assertThat(
            third.run("restore", "--target", target("third").toString(), "--path", tree.toString()))
        .as(third.err())
        .isZero();
    assertThat(letter("third")).isEqualTo("from the second");
    assertThat(third.out()).contains("of device device (");
    assertThat(third.run("snapshots", "--json")).isZero();
    assertThat(third.out()).containsSubsequence("\"sequence\":1", "\"sequence\":2");
  }

  @Test
  void a_series_whose_newest_root_is_gone_is_not_passed_over() throws Exception {
    twoDevices();
    AgentHarness third = newDevice("third");
    assertThat(third.run("optin", "--password-fd", password())).as(third.err()).isZero();
    SnapshotView newest =
        company.stores().listing().stream()
            .filter(view -> view.sequence() == 1)
            .toList()
            .getFirst();
    company.store().objects().keySet().removeIf(name -> name.hex().equals(newest.root()));

    assertThat(restores(third, "third")).isEqualTo(7);
    assertThat(third.out()).contains("NEWEST_UNREADABLE");
    assertThat(restores(third, "third", "--accept-older", "1")).as(third.err()).isZero();
    assertThat(letter("third")).isEqualTo(NEW);
    assertThat(third.run("verify", "latest", "--json")).as("HK1-D-14").isEqualTo(7);
    assertThat(third.out()).contains("NEWEST_UNREADABLE", "\"snapshots\":1", "\"failed\":0");
  }

  /** HK1-D-02: a number says nothing of the device, so it is given for each series. */
  @Test
  void two_series_with_the_same_number_take_two_words() throws Exception {
    AgentHarness second = twoDevices();
    backsUp(second, "later words");
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    ReleaseStatus removed =
        new ReleaseStatus(ReleaseState.REMOVED, ReleaseCause.RETENTION, at, null, null, at);
    company
        .stores()
        .lists(
            honest ->
                honest.stream()
                    .map(view -> view.sequence() == 2 ? with(view, at, removed) : view)
                    .toList());
    AgentHarness third = newDevice("third");
    assertThat(third.run("optin", "--password-fd", password())).as(third.err()).isZero();

    assertThat(restores(third, "third", "--accept-older", "1")).isEqualTo(7);
    assertThat(restores(third, "third", "--accept-older", "1", "--accept-older", "1"))
        .as(third.err())
        .isZero();
    assertThat(letter("third")).isEqualTo("from the second");
  }

  /** HK1-D-11: after a portal was restored, and the device went on, its own backup can be had. */
  @Test
  void another_one_under_a_witnessed_number_is_restored_only_by_its_name() throws Exception {
    AgentHarness first = withTwoSnapshots();
    company.store().committed().removeLast();
    assertThat(first.run("snapshots", "--accept-restored-server")).as(first.err()).isZero();
    backsUp(first, "words after all");

    assertThat(restores(first, "latest", "--accept-older", "2")).isEqualTo(7);
    assertThat(first.err()).contains("nobody can say which is the newest");
    assertThat(restores(first, "named", sequence(2))).isEqualTo(7);
    assertThat(restores(first, "named", sequence(2), "--accept-older", "2"))
        .as(first.err())
        .isZero();
    assertThat(letter("named")).isEqualTo("words after all");
  }

  @Test
  void silence_of_the_vault_is_an_alarm_after_seven_days() throws Exception {
    AgentHarness first = withTwoSnapshots();
    company.vault().drops(VaultMessageType.STATUS, true);
    assertThat(first.run("backup", tree.toString())).isZero();
    assertThat(first.err()).contains("could not be asked").doesNotContain("ALARM");

    FakeProgramRunner programs = new FakeProgramRunner().answer("notify-send", 0, "");
    HostComputer computer = new HostComputer(programs, folder.resolve("power"), false);
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(7).plusMinutes(1));
    first.on(Map.of(), later, duration -> {}, computer);
    assertThat(first.run("backup", tree.toString(), "--json")).as(first.err()).isZero();
    assertThat(first.err()).contains("ALARM: for 7 days");
    assertThat(first.out()).contains("\"fault\":\"VAULT_SILENT\"").contains("\"shown\":true");
    assertThat(first.run("status", "--json")).isZero();
    assertThat(first.out()).contains("\"fault\":\"VAULT_SILENT\"").contains("\"shown\":false");
    assertThat(programs.commands()).hasSize(1);
    // HK1-D-14: what is stored is no worse for it.
    assertThat(first.run("verify", "--json")).as(first.err()).isZero();
    assertThat(first.out()).contains("\"fault\":\"VAULT_SILENT\"");

    company.vault().drops(VaultMessageType.STATUS, false);
    assertThat(first.run("backup", tree.toString())).isZero();
    assertThat(first.err()).doesNotContain("ALARM");
  }

  @Test
  void witnesses_that_never_arrive_are_silence_although_status_is_answered() throws Exception {
    AgentHarness first = withTwoSnapshots();
    company.vault().drops(VaultMessageType.WITNESS, true);
    assertThat(first.run("backup", tree.toString())).isZero();
    assertThat(first.run("status")).isZero();
    at(first, Duration.ofDays(8));
    assertThat(first.run("status")).isZero();
    assertThat(first.run("backup", tree.toString())).isZero();
    assertThat(first.err()).contains("ALARM: for 8 days");
  }
}
