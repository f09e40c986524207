package org.hikae.device.cli.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.company.FakeCompany;
import org.hikae.hk1.WrapMethod;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;

/**
 * A portal that answers, but for one thing: that one thing costs what needs it, is named, and keeps
 * nothing else away (HK1-R-15, HK1-D-02, HK1-D-04, HK1-D-05, HK1-D-09, HK1-D-14, HK1-S-21). Budget:
 * 20 seconds.
 */
@EveryThirdRun
class WithheldObjectsTest extends CompanyTestBase {

  private static final String OLD = "first words";
  private static final String NEW = "last words";

  private AgentHarness withTwoSnapshots() throws Exception {
    AgentHarness device = optedIn("first");
    backsUp(device, OLD);
    backsUp(device, NEW);
    return device;
  }

  private void backsUp(AgentHarness device, String letter) throws IOException {
    Files.writeString(tree.resolve("letter.txt"), letter);
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
  }

  private int restores(AgentHarness device, String name, String... more) {
    List<String> all = new ArrayList<>(List.of("restore"));
    all.addAll(List.of(more));
    all.addAll(List.of("--target", target(name).toString(), "--path", tree.toString(), "--json"));
    return device.run(all.toArray(new String[0]));
  }

  private Path target(String name) {
    return folder.resolve("restored-" + name);
  }

  private SnapshotView shown(int number) {
    return company.stores().listing().stream()
        .filter(view -> view.sequence() == number)
        .findFirst()
        .orElseThrow();
  }

  private void withholds(String path) {
    company.stores().refuses(path, 500, Integer.MAX_VALUE);
  }

  @Test
  void a_withheld_root_of_the_newest_costs_that_snapshot_only() throws Exception {
    AgentHarness first = withTwoSnapshots();
    withholds("/objects/" + shown(2).root());

    assertThat(restores(first, "latest")).isEqualTo(7);
    assertThat(first.err()).contains("does not hand out the root", "500", "hikae snapshots");
    assertThat(target("latest")).doesNotExist();
    assertThat(restores(first, "own", shown(2).snapshotId())).as("by its own copy").isZero();
    first.losesCopies();
    assertThat(restores(first, "named", shown(2).snapshotId())).isEqualTo(7);
    assertThat(first.err()).contains("does not hand out what opens this snapshot");
    assertThat(restores(first, "plan", shown(2).snapshotId(), "--dry-run")).isEqualTo(7);
    assertThat(first.run("ls", shown(2).snapshotId())).isEqualTo(7);
    assertThat(first.err()).contains("does not hand out what opens this snapshot");
    assertThat(first.run("snapshots", "--json")).as(first.err()).isZero();
    assertThat(restores(first, "old", shown(1).snapshotId())).as(first.err()).isZero();
    assertThat(target("old").resolve("letter.txt")).hasContent(OLD);
  }

  @Test
  void across_devices_it_is_an_alarm_and_takes_the_word() throws Exception {
    withTwoSnapshots();
    AgentHarness second = joins("second");
    backsUp(second, "from the second");
    AgentHarness third = joins("third");
    withholds("/objects/" + ofAnother(1).root());

    assertThat(restores(third, "latest")).isEqualTo(7);
    assertThat(third.out()).contains("NEWEST_UNREADABLE", "\"withheld\":\"500\"");
    assertThat(target("latest")).doesNotExist();
    assertThat(restores(third, "older", "--accept-older", "1")).as(third.err()).isZero();
    assertThat(target("older").resolve("letter.txt")).hasContent(NEW);
  }

  private AgentHarness joins(String name) throws IOException {
    AgentHarness device = device(name);
    signIn(device);
    assertThat(device.run("optin", "--password-fd", password())).as(device.err()).isZero();
    return device;
  }

  /** Of a device that is not the first one. */
  private SnapshotView ofAnother(int number) {
    String other = shown(2).deviceId();
    return company.stores().listing().stream()
        .filter(view -> view.sequence() == number && !view.deviceId().equals(other))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_withheld_object_list_costs_nothing_and_is_said() throws Exception {
    AgentHarness first = withTwoSnapshots();
    withholds("/snapshots/" + shown(2).snapshotId() + "/objects");

    assertThat(restores(first, "latest")).as(first.err()).isZero();
    assertThat(first.out()).contains("OBJECT_LIST_UNUSABLE");
    assertThat(target("latest").resolve("letter.txt")).hasContent(NEW);
    assertThat(first.run("verify")).as("no verification of what is kept").isNotZero();
  }

  @Test
  void an_entry_that_cannot_be_is_an_alarm_and_keeps_no_other_away() throws Exception {
    AgentHarness first = withTwoSnapshots();
    SnapshotView lie = of(shown(1), shown(1).setId(), "00".repeat(32));
    company.stores().lists(honest -> List.of(honest.getFirst(), lie));

    assertThat(restores(first, "latest")).isEqualTo(7);
    assertThat(first.out()).contains("BROKEN_CHAIN");
    assertThat(target("latest")).doesNotExist();
    assertThat(restores(first, "latest", "--accept-regress")).as(first.err()).isZero();
    assertThat(target("latest").resolve("letter.txt")).hasContent(NEW);
    assertThat(first.run("snapshots")).isEqualTo(7);

    SnapshotView capitals = of(shown(1), "A".repeat(32), shown(1).root());
    company.stores().lists(honest -> List.of(honest.getFirst(), honest.getLast(), capitals));
    assertThat(restores(first, "beside")).as(first.err()).isZero();
    assertThat(first.err()).contains("1 snapshots of other backups", "passed over");
  }

  /** HK1-D-04: what it would list counts as not shown, and nothing of that is remembered. */
  @Test
  void a_withheld_page_of_the_list_keeps_nothing_away_that_is_shown() throws Exception {
    AgentHarness first = withTwoSnapshots();
    company.stores().listsNoMoreThan(1);

    assertThat(restores(first, "latest")).isEqualTo(7);
    assertThat(first.out()).contains("PAGE_WITHHELD", "\"withheld\":\"500\"", "GAP");
    assertThat(target("latest")).doesNotExist();
    assertThat(restores(first, "latest", "--accept-regress")).as(first.err()).isZero();
    assertThat(target("latest").resolve("letter.txt")).hasContent(NEW);
    assertThat(restores(first, "old", shown(1).snapshotId(), "--accept-regress")).isEqualTo(7);
    assertThat(first.err()).contains("a part of the list is kept back");
    assertThat(first.run("verify")).isEqualTo(7);
    assertThat(first.run("snapshots", "--accept-restored-server")).isEqualTo(7);
    assertThat(first.err()).contains("Nothing was taken over");

    company.stores().listsNoMoreThan(2);
    assertThat(first.run("snapshots")).as(first.err()).isZero();
  }

  /** HK1-D-02. */
  @Test
  void names_of_devices_that_are_withheld_decide_nothing() throws Exception {
    AgentHarness first = withTwoSnapshots();
    company.responses().namesNoDevices = true;
    assertThat(first.run("snapshots")).as(first.err()).isZero();
    assertThat(first.out()).contains(shown(2).snapshotId().substring(0, 12));
    assertThat(restores(first, "latest")).as(first.err()).isZero();
  }

  /** HK1-R-15: the same list stands elsewhere, and K that is kept needs no wrap. */
  @Test
  void a_withheld_list_of_wraps_keeps_nobody_away() throws Exception {
    AgentHarness first = device("first");
    signIn(first);
    List<String> key = new ArrayList<>();
    assertThat(optInBoth(first, key)).as(first.err()).isZero();
    backsUp(first, NEW);
    AgentHarness second = device("second");
    AgentHarness third = device("third");
    signIn(second);
    signIn(third);
    company.responses().listsNoWraps = true;

    assertThat(restores(first, "kept")).as(first.err()).isZero();
    assertThat(first.run("verify")).as(first.err()).isZero();
    String digits = fd(String.join("\n", key));
    assertThat(restores(second, "digits", "--digit-key-fd", digits)).as(second.err()).isZero();
    assertThat(target("digits").resolve("letter.txt")).hasContent(NEW);

    AtomicBoolean asked = new AtomicBoolean();
    company.watchedBy(
        new FakeCompany.RequestListener() {
          @Override
          public byte[] arriving(String request, InputStream body) throws IOException {
            if (request.endsWith("/wraps")) {
              asked.set(true);
            }
            return body.readAllBytes();
          }
        });
    company.rewords(
        json -> json.contains("maxObjectBytes") && asked.getAndSet(false) ? "{}" : json);
    assertThat(restores(third, "typed", "--password-fd", password())).as(third.err()).isZero();
    assertThat(asked).as("neither list").isFalse();
    assertThat(target("typed").resolve("letter.txt")).hasContent(NEW);
  }

  /** HK1-R-15: of the password the vault knows, whatever the list says or does not say. */
  @Test
  void a_list_of_wraps_that_names_digits_only_keeps_no_password_away() throws Exception {
    AgentHarness first = device("first");
    signIn(first);
    assertThat(optInBoth(first, new ArrayList<>())).as(first.err()).isZero();
    backsUp(first, NEW);
    company.wraps().values().removeIf(view -> view.method() == WrapMethod.PASSWORD_VAULT);
    AgentHarness second = device("second");
    signIn(second);

    assertThat(restores(second, "typed", "--password-fd", password())).as(second.err()).isZero();
    assertThat(target("typed").resolve("letter.txt")).hasContent(NEW);
    AgentHarness third = device("third");
    signIn(third);
    assertThat(restores(third, "asked")).isEqualTo(6);
    assertThat(third.err()).as("both ways are open").contains("--unlock password");
  }

  /** HK1-R-15: without a pin there is the list alone. */
  @Test
  void without_a_pin_a_list_that_names_nothing_is_told() throws Exception {
    withTwoSnapshots();
    company.wraps().clear();
    AgentHarness second = device("second");
    assertThat(second.run("login", "--server", company.url())).as(second.err()).isZero();

    assertThat(restores(second, "x")).isEqualTo(8);
    assertThat(second.err()).contains("knows nothing that opens your backup");
  }

  /** HK1-K-22, HK1-R-11: rubbish in the list of wraps hides none. */
  @Test
  void what_is_no_wrap_in_the_list_hides_no_other() throws Exception {
    withTwoSnapshots();
    AgentHarness second = device("second");
    signIn(second);
    company.rewords(
        json ->
            json.startsWith("[{\"wrapId\"")
                ? "[7,null,{\"method\":\"DIGIT_KEY\"},{\"wrapId\":7}," + json.substring(1)
                : json.replace("\"wraps\":[", "\"wraps\":[7,null,{\"wrapId\":7},"));

    assertThat(restores(second, "typed", "--password-fd", password())).as(second.err()).isZero();
    assertThat(target("typed").resolve("letter.txt")).hasContent(NEW);
  }

  /** HK1-D-14: it is named, is no damage, and everything else is looked at. */
  @Test
  void a_withheld_pack_or_root_is_a_finding_of_a_verification() throws Exception {
    AgentHarness first = withTwoSnapshots();
    String pack =
        company.stores().of(shown(2).deviceId()).objects(shown(2).snapshotId()).getLast().hex();
    company.stores().refuses("/objects/" + pack, 500, Integer.MAX_VALUE);

    assertThat(first.run("verify", "--json")).as(first.err()).isEqualTo(7);
    assertThat(first.out()).contains("PACK_WITHHELD", pack, "(500)").doesNotContain("PACK_DAMAGED");

    company.stores().refuses("/objects/" + pack, 500, 0);
    withholds("/objects/" + shown(1).root());
    assertThat(first.run("verify", "--json")).as(first.err()).isEqualTo(7);
    assertThat(first.out()).contains("does not hand out the root", shown(1).snapshotId());
    assertThat(first.out()).doesNotContain("\"snapshotId\":\"" + shown(2).snapshotId());
  }

  /** HK1-R-15: 410 is said of snapshots. Of an object it says no more than 404. */
  @Test
  void an_object_that_is_called_removed_is_missing() throws Exception {
    AgentHarness first = withTwoSnapshots();
    company.stores().refuses("/objects/" + shown(1).root(), 410, Integer.MAX_VALUE);

    assertThat(restores(first, "newest")).as(first.err()).isZero();
    assertThat(restores(first, "old", shown(1).snapshotId())).isEqualTo(7);
  }

  private static SnapshotView of(SnapshotView view, String setId, String root) {
    return new SnapshotView(
        view.snapshotId(),
        setId,
        view.deviceId(),
        view.generation(),
        view.sequence(),
        view.previous(),
        root,
        view.listHash(),
        view.stubHash(),
        view.committedAt(),
        view.objects(),
        view.storedBytes(),
        view.files(),
        view.plainBytes(),
        view.fate());
  }
}
