package org.hikae.device.cli.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.backup.wire.ReleaseCause;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.backup.wire.ReleaseStatus;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentJson;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.cli.harness.DirectoryTrees;
import org.hikae.device.company.FakeCompany;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.bundle.BundleHeader;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The command {@code hikae bundle}, against a company on a local port: what a bundle has (HK1-B-01
 * to HK1-B-05), and how it is written (HK1-B-06, HK1-B-07). Budget: 20 seconds.
 */
@EveryThirdRun
class BundleCommandTest extends CompanyTestBase {

  private static final String OBJECT = "/api/v1/device/objects/";

  private AgentHarness device;
  private Path bundle;

  @BeforeEach
  void backUpTwice() throws Exception {
    device = optedIn("first");
    backsUp(device, "first words");
    backsUp(device, "last words");
    bundle = folder.resolve("copies/bundle");
    Files.createDirectory(bundle.getParent());
  }

  private void backsUp(AgentHarness by, String letter) throws IOException {
    Files.writeString(tree.resolve("letter.txt"), letter);
    assertThat(by.run("backup", tree.toString())).as(by.err()).isZero();
  }

  private int copies(AgentHarness by) {
    return by.run("bundle", bundle.toString(), "--json");
  }

  /** Names of objects that are asked for meanwhile. */
  private Set<String> askedWhile(Runnable work) {
    int before = company.requests().size();
    work.run();
    return company.requests().stream()
        .skip(before)
        .filter(request -> request.contains(OBJECT))
        .map(request -> request.substring(request.indexOf(OBJECT) + OBJECT.length()))
        .collect(Collectors.toSet());
  }

  private Set<String> stored() throws IOException {
    try (Stream<Path> all = Files.walk(bundle.resolve("objects"))) {
      Set<String> names = new TreeSet<>();
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        String name = String.valueOf(each.getFileName());
        assertThat(Hash256.sha256(Files.readAllBytes(each)).hex()).isEqualTo(name);
        assertThat(each.getParent()).hasFileName(name.substring(0, 2));
        names.add(name);
      }
      return names;
    }
  }

  private Path object(Hash256 name) {
    return bundle.resolve("objects").resolve(name.hex().substring(0, 2)).resolve(name.hex());
  }

  private Hash256 somePack() throws Exception {
    SnapshotView newest = company.stores().listing().getFirst();
    return company.stores().of(newest.deviceId()).objects(newest.snapshotId()).getFirst();
  }

  private Hash256 newestRoot() throws Exception {
    return Hash256.parse(company.stores().listing().getFirst().root());
  }

  private SnapshotView[] listed() throws IOException {
    return AgentJson.mapper()
        .readValue(Files.readAllBytes(bundle.resolve("snapshots.json")), SnapshotView[].class);
  }

  @Test
  void a_bundle_has_everything_of_the_set_and_a_later_run_brings_what_is_new() throws Exception {
    assertThat(copies(device)).as(device.err()).isZero();
    assertThat(device.out())
        .contains("\"event\":\"bundle\",\"result\":\"SUCCESS\",\"exitCode\":0")
        .contains("\"snapshots\":2,\"removed\":0")
        .contains("\"kept\":0")
        .contains("\"damaged\":0");
    BundleHeader header =
        AgentJson.mapper()
            .readValue(Files.readAllBytes(bundle.resolve("bundle.json")), BundleHeader.class);
    SnapshotView newest = company.stores().listing().getFirst();
    assertThat(header)
        .isEqualTo(new BundleHeader(1, newest.setId(), 1L, company.issuer(), FakeCompany.SUBJECT));
    assertThat(listed()).containsExactlyElementsOf(company.stores().listing());
    assertThat(bundle.resolve("wraps.json")).content().contains("PASSWORD_VAULT");
    for (SnapshotView view : listed()) {
      assertThat(bundle.resolve("lists").resolve(view.snapshotId())).hasSize(32 * view.objects());
    }
    assertThat(stored())
        .isEqualTo(
            company.store().objects().keySet().stream()
                .map(Hash256::hex)
                .collect(Collectors.toCollection(TreeSet::new)));
    assertThat(bundle.resolve("vault/card")).isNotEmptyFile();
    assertThat(bundle.resolve("vault/statuses/newest")).isNotEmptyFile();
    assertThat(bundle.resolve("vault/heads/newest")).isNotEmptyFile();
    assertThat(bundle.resolve("vault/receipts")).isNotEmptyDirectory();
    assertThat(bundle.resolve("unfinished.json")).doesNotExist();

    assertThat(askedWhile(() -> assertThat(copies(device)).as(device.err()).isZero()))
        .isSubsetOf(came(Set.of()));
    assertThat(device.out()).contains("\"written\":0").contains("\"bytesReceived\":0");
    Set<String> before = stored();
    backsUp(device, "afterthought");
    Set<String> came = askedWhile(() -> assertThat(copies(device)).as(device.err()).isZero());
    Set<String> fresh = stored();
    fresh.removeAll(before);
    assertThat(came).isSubsetOf(came(fresh)).containsAll(fresh);
    assertThat(listed()).hasSize(3);
  }

  /** The root of the newest is also opened, to see whether it is in its place. */
  private Set<String> came(Set<String> fresh) throws Exception {
    Set<String> all = new TreeSet<>(fresh);
    all.add(newestRoot().hex());
    return all;
  }

  @Test
  void people_are_told_in_both_languages_what_it_is_worth() {
    assertThat(device.run("bundle", bundle.toString())).as(device.err()).isZero();
    assertThat(device.out())
        .contains("The bundle in " + bundle + " is complete.")
        .contains("2 snapshots")
        .contains("Keep them apart.");
    assertThat(device.run("bundle", bundle.toString(), "--lang", "ja")).isZero();
    assertThat(device.out()).contains("バンドルは完全です", "別々の場所");
  }

  /** K takes no part: nobody has unlocked anything here. */
  @Test
  void a_device_without_the_key_makes_the_same_bundle() throws Exception {
    AgentHarness second = device("second");
    assertThat(signIn(second)).as(second.err()).isZero();
    assertThat(copies(second)).as(second.err()).isZero();
    assertThat(second.err()).contains("has no key");
    Set<String> all = stored();
    DirectoryTrees.delete(bundle);
    assertThat(copies(device)).as(device.err()).isZero();
    assertThat(stored()).isEqualTo(all);
  }

  /** What a crash has left, a disk has lost, and a stranger has changed is brought again. */
  @Test
  void a_half_bundle_is_gone_on_with() throws Exception {
    assertThat(copies(device)).as(device.err()).isZero();
    Files.move(bundle.resolve("bundle.json"), bundle.resolve("unfinished.json"));
    Hash256 pack = somePack();
    Hash256 root = newestRoot();
    Files.write(object(pack), new byte[10]);
    Files.delete(object(root));
    SnapshotView newest = company.stores().listing().getFirst();
    Files.write(bundle.resolve("lists").resolve(newest.snapshotId()), new byte[33]);
    assertThat(copies(device)).as(device.err()).isZero();
    assertThat(device.out()).contains("\"written\":2,\"damaged\":0");
    assertThat(stored()).contains(pack.hex(), root.hex());
    assertThat(bundle.resolve("lists").resolve(newest.snapshotId())).hasSize(32 * newest.objects());
    assertThat(bundle.resolve("bundle.json")).exists();
    assertThat(bundle.resolve("unfinished.json")).doesNotExist();
  }

  @Test
  void one_that_was_cancelled_says_that_it_is_unfinished() throws Exception {
    Hash256 first = somePack();
    company.watchedBy(
        new FakeCompany.RequestListener() {
          @Override
          public byte[] arriving(String request, InputStream body) throws IOException {
            if (request.endsWith(first.hex())) {
              device.interrupt();
              awaitCancellation();
            }
            return body.readAllBytes();
          }
        });
    assertThat(copies(device)).as(device.err()).isEqualTo(4);
    assertThat(device.out()).contains("\"result\":\"CANCELLED\",\"exitCode\":4");
    assertThat(bundle.resolve("bundle.json")).doesNotExist();
    assertThat(bundle.resolve("unfinished.json")).exists();
    company.watchedBy(new FakeCompany.RequestListener() {});
    assertThat(copies(device)).as(device.err()).isZero();
  }

  /** The interruption comes by a thread of its own, which then waits for the run. */
  private static void awaitCancellation() {
    while (Thread.getAllStackTraces().keySet().stream()
        .noneMatch(
            thread ->
                Stream.of(thread.getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals("endInOrder")))) {
      Thread.onSpinWait();
    }
  }

  @Test
  void what_is_no_bundle_of_this_set_is_left_alone() throws Exception {
    Files.createDirectory(bundle);
    Files.writeString(bundle.resolve("letter"), "mine");
    assertThat(copies(device)).isEqualTo(9);
    assertThat(device.out()).contains("\"code\":\"bundle.FOREIGN\"");
    assertThat(bundle).isDirectoryNotContaining("glob:**.json");
    Files.delete(bundle.resolve("letter"));
    for (String other :
        List.of(
            "{\"hikaeBundle\":1,\"setId\":\"" + "0".repeat(32) + "\"}",
            "{\"hikaeBundle\":2,\"setId\":\"" + listing().setId() + "\"}",
            "no JSON")) {
      Files.writeString(bundle.resolve("bundle.json"), other);
      assertThat(copies(device)).as(other).isEqualTo(9);
      assertThat(bundle.resolve("bundle.json")).hasContent(other);
      assertThat(bundle.resolve("objects")).doesNotExist();
    }
    assertThat(device.run("bundle", folder.resolve("no/such/folder").toString())).isEqualTo(9);
  }

  private SnapshotView listing() {
    return company.stores().listing().getFirst();
  }

  /** HK1-B-07: one thing that is missing, damaged or kept back keeps nothing else away. */
  @Test
  void what_the_portal_lacks_or_keeps_back_is_named_and_the_rest_is_there() throws Exception {
    Hash256 pack = somePack();
    byte[] whole = company.store().objects().get(pack);
    byte[] damaged = whole.clone();
    damaged[80] ^= 1;
    company.store().objects().put(pack, damaged);
    assertThat(copies(device)).as(device.err()).isEqualTo(7);
    assertThat(device.out())
        .contains("\"event\":\"bundleDamage\",\"kind\":\"OBJECT_DAMAGED\",\"name\":\"" + pack)
        .contains("\"result\":\"CORRUPT\",\"exitCode\":7")
        .contains("\"damaged\":1");
    assertThat(device.err()).contains("are not those of its name");
    assertThat(object(pack)).hasBinaryContent(damaged);
    assertThat(bundle.resolve("bundle.json")).exists();

    company.store().objects().remove(pack);
    assertThat(copies(device)).isEqualTo(7);
    assertThat(device.out()).contains("\"kind\":\"OBJECT_MISSING\",\"name\":\"" + pack);

    company.store().objects().put(pack, whole);
    company.stores().refuses("/objects/" + pack.hex(), 500, Integer.MAX_VALUE);
    assertThat(copies(device)).isEqualTo(7);
    assertThat(device.out())
        .contains("\"kind\":\"OBJECT_WITHHELD\",\"name\":\"" + pack + "\",\"detail\":\"500\"");

    company.stores().refuses("/objects/" + pack.hex(), 500, 0);
    assertThat(copies(device)).as(device.err()).isZero();
    assertThat(object(pack)).hasBinaryContent(whole);

    // From the bundle it is not asked for.
    String list = "/snapshots/" + listing().snapshotId() + "/objects";
    company.stores().refuses(list, 500, Integer.MAX_VALUE);
    assertThat(copies(device)).as(device.err()).isZero();
    DirectoryTrees.delete(bundle);
    assertThat(copies(device)).isEqualTo(7);
    assertThat(device.out()).contains("\"kind\":\"LIST_WITHHELD\"");
    assertThat(object(newestRoot())).exists();
  }

  @Test
  void a_removed_snapshot_is_listed_and_nothing_of_it_is_asked_for() throws Exception {
    SnapshotView first = company.stores().listing().getLast();
    company
        .stores()
        .lists(
            honest ->
                honest.stream().map(view -> view.sequence() == 1 ? removed(view) : view).toList());
    company.stores().refuses("/objects/" + first.root(), 410, Integer.MAX_VALUE);
    assertThat(copies(device)).as(device.err()).isZero();
    assertThat(device.out()).contains("\"snapshots\":1,\"removed\":1");
    assertThat(listed()).extracting(SnapshotView::removed).containsExactly(false, true);
    assertThat(bundle.resolve("lists").resolve(first.snapshotId())).doesNotExist();
  }

  private static SnapshotView removed(SnapshotView view) {
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
        view.committedAt(),
        view.objects(),
        view.storedBytes(),
        view.files(),
        view.plainBytes(),
        new ReleaseStatus(
            ReleaseState.REMOVED,
            ReleaseCause.RETENTION,
            view.committedAt(),
            null,
            null,
            view.committedAt()));
  }

  @Test
  void a_list_that_went_back_is_an_alarm_and_copied_all_the_same() throws Exception {
    company.stores().lists(honest -> honest.subList(1, 2));
    assertThat(copies(device)).isEqualTo(7);
    assertThat(device.out()).contains("\"event\":\"alarm\"").contains("\"damaged\":0");
    assertThat(listed()).hasSize(1);
  }

  @Test
  void what_a_bundle_has_no_portal_takes_from_it() throws Exception {
    assertThat(copies(device)).as(device.err()).isZero();
    SnapshotView[] before = listed();
    Set<String> objects = stored();
    company.stores().lists(honest -> honest.subList(1, 2));
    assertThat(copies(device)).isEqualTo(7);
    assertThat(listed()).containsExactlyInAnyOrder(before);
    company.stores().lists(honest -> honest.stream().map(BundleCommandTest::removed).toList());
    copies(device);
    assertThat(listed()).containsExactlyInAnyOrder(before);
    assertThat(stored()).isEqualTo(objects);
  }

  @Test
  void without_the_vault_what_was_kept_is_all_there_is() throws Exception {
    assertThat(copies(device)).as(device.err()).isZero();
    byte[] status = Files.readAllBytes(bundle.resolve("vault/statuses/newest"));
    company.vault().down(true);
    assertThat(copies(device)).as(device.err()).isZero();
    assertThat(device.err()).contains("The vault could not be asked");
    assertThat(bundle.resolve("vault/statuses/newest")).hasBinaryContent(status);
  }

  @Test
  void who_takes_no_part_or_has_another_set_is_refused() throws Exception {
    company.rewords(json -> json.replace(listing().setId(), "0".repeat(32)));
    assertThat(copies(device)).isEqualTo(6);
    assertThat(device.out()).contains("\"code\":\"bundle.other-set\"");
    assertThat(bundle).doesNotExist();
    company.rewords(json -> json);
    company.withdraw();
    assertThat(copies(device)).isEqualTo(6);
    assertThat(bundle).doesNotExist();
  }
}
