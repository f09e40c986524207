package org.hikae.it.restic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.backup.wire.ResticType;
import org.hikae.hk1.Hash256;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.stack.EachDatabase;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Every request of restic's protocol and what it is answered (HK1-G-03 to HK1-G-06, HK1-G-13). Time
 * budget: 40 seconds for both databases beside the systems' start.
 */
@EveryThirdRun
class GatewayIT {

  /** Of what depends on no SQL of one of them. */
  private static final StackDatabase.Kind KIND = StackDatabase.Kind.POSTGRESQL;

  private static final String V1 = "application/vnd.x.restic.rest.v1";
  private static final String V2 = "application/vnd.x.restic.rest.v2";
  private static final List<String> FOLDERS =
      List.of("data", "keys", "locks", "snapshots", "index");
  private static final String OBJECTS =
      " from stored_object o join repository r on r.repository_id = o.repository_id"
          + " where r.restic_id = ?";

  private static String nameOf(byte[] bytes) {
    return Hash256.sha256(bytes).hex();
  }

  private static void assertLength(ApiReply head, long length) {
    assertThat(head.status()).as("%s", head).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(length);
  }

  @Test
  void a_repository_is_made_once_and_again_and_has_one_config() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    assertThat(resticDevice.send("HEAD", "config").status()).isEqualTo(404);
    assertThat(resticDevice.send("GET", "config").status()).isEqualTo(404);
    assertThat(resticDevice.send("POST", "?create=true").status()).isEqualTo(200);
    assertThat(resticDevice.send("POST", "?create=true").status()).isEqualTo(200);
    assertThat(resticDevice.send("POST", "").status()).isEqualTo(400);
    byte[] config = ApiDevice.random(155);
    assertThat(resticDevice.post("config", config).status()).isEqualTo(200);
    assertLength(resticDevice.send("HEAD", "config"), 155);
    ApiReply read = resticDevice.api().with("Range", "bytes=0-").get(resticDevice.at("config"));
    assertThat(read.status()).isEqualTo(206);
    assertThat(read.body()).isEqualTo(config);
    assertThat(resticDevice.post("config", config).status()).isEqualTo(403);
    assertThat(resticDevice.post("config", ApiDevice.random(155)).code())
        .isEqualTo("object-exists");
    assertThat(resticDevice.send("GET", "config").body()).isEqualTo(config);
    ApiReply removed = resticDevice.send("DELETE", "");
    assertThat(removed.status()).isEqualTo(405);
    assertThat(removed.headers().firstValue("Allow").orElse("")).contains("POST");
  }

  @Test
  void lists_are_arrays_of_the_version_that_was_asked_for() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    for (String folder : FOLDERS) {
      for (String accept : List.of("", V1, V2)) {
        ApiReply empty =
            resticDevice.api().with("Accept", accept).get(resticDevice.at(folder + "/"));
        assertThat(empty.status()).isEqualTo(200);
        assertThat(empty.text()).isEqualTo("[]");
        assertThat(empty.headers().firstValue("Content-Type"))
            .hasValue(accept.equals(V2) ? V2 : V1);
      }
    }
    byte[] one = ApiDevice.random(10);
    byte[] two = ApiDevice.random(2000);
    resticDevice.stored("data", one);
    resticDevice.stored("data", two);
    resticDevice.stored("index", one);
    JsonNode names = resticDevice.api().with("Accept", V1).get(resticDevice.at("data/")).json();
    assertThat(names).hasSize(2);
    assertThat(names.get(0).asText()).isEqualTo(nameOf(one));
    assertThat(names.get(1).asText()).isEqualTo(nameOf(two));
    ApiReply second = resticDevice.api().with("Accept", V2).get(resticDevice.at("data/"));
    assertThat(second.headers().firstValue("Content-Type")).hasValue(V2);
    assertThat(second.json().get(1).path("name").asText()).isEqualTo(nameOf(two));
    assertThat(second.json().get(1).path("size").asLong()).isEqualTo(2000);
    assertThat(resticDevice.api().get(resticDevice.at("index/")).json()).hasSize(1);
    ApiReply head = resticDevice.send("HEAD", "data/");
    assertThat(head.status()).isEqualTo(405);
    assertThat(head.headers().firstValue("Allow")).hasValue("GET");
  }

  @Test
  void a_list_of_several_pages_is_whole() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    resticDevice.fill(2100);
    JsonNode packs = resticDevice.api().with("Accept", V2).get(resticDevice.at("data/")).json();
    assertThat(packs.findValuesAsText("name")).hasSize(2100).doesNotHaveDuplicates();
  }

  @FullRunOnly
  @ParameterizedTest
  @EachDatabase
  void a_long_list_can_be_asked_for_page_by_page(StackDatabase.Kind kind) throws Exception {
    ResticDevice resticDevice = ResticDevice.on(kind);
    resticDevice.fill(ResticType.LIST_PAGE + 5);
    Set<String> names = new HashSet<>();
    long after = 0;
    for (int size : new int[] {ResticType.LIST_PAGE, 5, 0}) {
      String path = resticDevice.at("data/?after=" + after);
      JsonNode page = resticDevice.api().with("Accept", V2).get(path).json();
      assertThat(page).hasSize(size);
      names.addAll(page.findValuesAsText("name"));
      after = size == 0 ? after : page.get(size - 1).path("place").asLong();
    }
    assertThat(names).hasSize(ResticType.LIST_PAGE + 5);
  }

  @ParameterizedTest
  @EachDatabase
  void an_object_is_read_whole_and_in_parts(StackDatabase.Kind kind) throws Exception {
    ResticDevice resticDevice = ResticDevice.on(kind);
    byte[] bytes = ApiDevice.random(3_000_001);
    for (String folder : FOLDERS) {
      assertThat(resticDevice.send("HEAD", folder + "/" + nameOf(bytes)).status()).isEqualTo(404);
      assertThat(resticDevice.send("GET", folder + "/" + nameOf(bytes)).status()).isEqualTo(404);
    }
    String path = resticDevice.stored("data", bytes);
    assertLength(resticDevice.send("HEAD", path), bytes.length);
    ApiReply whole = resticDevice.send("GET", path);
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(bytes);
    assertThat(whole.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
    ApiReply all = resticDevice.api().with("Range", "bytes=0-").get(resticDevice.at(path));
    assertThat(all.status()).isEqualTo(206);
    assertThat(all.headers().firstValueAsLong("Content-Length")).hasValue(bytes.length);
    assertThat(all.body()).isEqualTo(bytes);
    ApiReply part =
        resticDevice.api().with("Range", "bytes=1048570-2097160").get(resticDevice.at(path));
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.headers().firstValueAsLong("Content-Length")).hasValue(1048591);
    assertThat(part.headers().firstValue("Content-Range"))
        .hasValue("bytes 1048570-2097160/3000001");
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, 1048570, 2097161));
    assertThat(
            resticDevice.api().with("Range", "bytes=3000001-").get(resticDevice.at(path)).status())
        .isEqualTo(416);
    assertThat(resticDevice.send("GET", path.replace("data", "index")).status()).isEqualTo(404);
  }

  @Test
  void nothing_is_stored_that_is_not_what_its_name_says() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    byte[] bytes = ApiDevice.random(5000);
    String wrong = "data/" + nameOf(ApiDevice.random(8));
    ApiReply mismatch = resticDevice.post(wrong, bytes);
    assertThat(mismatch.status()).isEqualTo(400);
    assertThat(mismatch.code()).isEqualTo("name-mismatch");
    assertThat(resticDevice.send("HEAD", wrong).status()).isEqualTo(404);
    ApiReply unstated =
        resticDevice.api().streamed("POST", resticDevice.at("data/" + nameOf(bytes)), bytes);
    assertThat(unstated.status()).isEqualTo(411);
    assertThat(resticDevice.send("GET", "data/").text()).isEqualTo("[]");
    assertThat(resticDevice.objects()).isZero();
    assertThat(resticDevice.storage().path("usedBytes").asLong()).isZero();
  }

  @Test
  void what_is_no_place_of_the_protocol_is_not_found() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    String name = nameOf(new byte[] {1});
    for (String path :
        List.of(
            "other/",
            "data/abc",
            "data/" + name.toUpperCase(java.util.Locale.ROOT),
            "data/ab/" + name,
            "config/" + name,
            "DATA/",
            "data/" + name + "0")) {
      assertThat(resticDevice.send("GET", path).status()).as(path).isEqualTo(404);
    }
    ApiReply put = resticDevice.send("PUT", "data/" + name);
    assertThat(put.status()).isEqualTo(405);
    assertThat(put.headers().firstValue("Allow").orElse("")).contains("POST");
  }

  @Test
  void asking_for_a_place_in_a_way_that_restic_never_does_is_no_error_of_the_portal()
      throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    String data = resticDevice.stored("data", ApiDevice.random(10));
    String root = "/restic/" + resticDevice.repository();
    for (String path : List.of(root, root + "/")) {
      ApiReply head = resticDevice.api().send("HEAD", path, null, null);
      assertThat(head.status()).as("HEAD %s", path).isBetween(200, 499);
      assertThat(head.body()).isEmpty();
    }
    for (String path : List.of("", "config", "data/", data)) {
      assertThat(resticDevice.send("OPTIONS", path).status())
          .as("OPTIONS %s", path)
          .isBetween(200, 499);
    }
    assertThat(resticDevice.api().send("OPTIONS", root, null, null).status()).isBetween(200, 499);
    assertThat(resticDevice.send("GET", "data/").json()).hasSize(1);
  }

  @ParameterizedTest
  @EachDatabase
  void nothing_is_overwritten_and_deleting_releases(StackDatabase.Kind kind) throws Exception {
    ResticDevice resticDevice = ResticDevice.on(kind);
    for (String folder : List.of("data", "keys", "snapshots", "index")) {
      byte[] bytes = ApiDevice.random(1000);
      String path = resticDevice.stored(folder, bytes);
      assertThat(resticDevice.post(path, bytes).status()).as(folder).isEqualTo(403);
      long used = resticDevice.storage().path("usedBytes").asLong();
      long held = resticDevice.storage().path("heldBytes").asLong();
      assertThat(resticDevice.send("DELETE", path).status()).isEqualTo(200);
      assertThat(resticDevice.send("DELETE", path).status()).as("again").isEqualTo(200);
      assertThat(resticDevice.send("HEAD", path).status()).isEqualTo(404);
      assertThat(resticDevice.send("GET", path).status()).isEqualTo(404);
      assertThat(resticDevice.api().get(resticDevice.at(folder + "/")).text()).isEqualTo("[]");
      assertThat(resticDevice.storage().path("usedBytes").asLong()).isEqualTo(used - 1000);
      assertThat(resticDevice.storage().path("heldBytes").asLong()).isEqualTo(held + 1000);
      assertThat(resticDevice.post(path, bytes).status()).as("brought back").isEqualTo(200);
      assertThat(resticDevice.send("GET", path).body()).isEqualTo(bytes);
      assertThat(resticDevice.storage().path("usedBytes").asLong()).isEqualTo(used);
      assertThat(resticDevice.post(path, bytes).status()).isEqualTo(403);
      assertThat(resticDevice.send("DELETE", path).status()).isEqualTo(200);
    }
    assertThat(resticDevice.objects()).as("nothing is destroyed").isEqualTo(4);
    assertThat(resticDevice.storage().path("usedBytes").asLong()).isZero();
  }

  @ParameterizedTest
  @EachDatabase
  void a_lock_really_goes_unless_something_else_has_its_bytes(StackDatabase.Kind kind)
      throws Exception {
    ResticDevice resticDevice = ResticDevice.on(kind);
    String lock = resticDevice.stored("locks", ApiDevice.random(300));
    assertThat(resticDevice.send("DELETE", lock).status()).isEqualTo(200);
    assertThat(resticDevice.send("DELETE", lock).status()).isEqualTo(200);
    assertThat(resticDevice.objects()).isZero();
    assertThat(resticDevice.storage().path("usedBytes").asLong()).isZero();
    assertThat(resticDevice.storage().path("heldBytes").asLong()).isZero();
    byte[] pack = ApiDevice.random(500);
    String data = resticDevice.stored("data", pack);
    String copy = resticDevice.stored("locks", pack);
    assertThat(resticDevice.storage().path("usedBytes").asLong()).as("stored once").isEqualTo(500);
    assertThat(resticDevice.send("DELETE", copy).status()).isEqualTo(200);
    assertThat(resticDevice.send("GET", data).body()).isEqualTo(pack);
    resticDevice.stored("locks", pack);
    resticDevice.send("DELETE", data);
    assertThat(resticDevice.storage().path("heldBytes").asLong()).isZero();
    resticDevice.send("DELETE", copy);
    assertThat(resticDevice.objects()).isEqualTo(1);
    assertThat(resticDevice.storage().path("heldBytes").asLong()).isEqualTo(500);
    assertThat(resticDevice.post(data, pack).status()).isEqualTo(200);
  }

  @Test
  void a_released_config_leaves_room_for_another_and_is_kept() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    byte[] first = ApiDevice.random(155);
    byte[] second = ApiDevice.random(155);
    resticDevice.post("config", first);
    assertThat(resticDevice.send("DELETE", "config").status()).isEqualTo(200);
    assertThat(resticDevice.send("DELETE", "config").status()).isEqualTo(200);
    assertThat(resticDevice.send("HEAD", "config").status()).isEqualTo(404);
    assertThat(resticDevice.post("config", second).status()).isEqualTo(200);
    assertThat(resticDevice.post("config", first).status()).isEqualTo(403);
    assertThat(resticDevice.send("GET", "config").body()).isEqualTo(second);
    assertThat(resticDevice.objects()).isEqualTo(2);
  }

  @Test
  void the_quota_is_answered_before_and_while_it_is_reached() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    resticDevice.stored("data", ApiDevice.random(1000));
    long quota = resticDevice.storage().path("quotaBytes").asLong();
    resticDevice.change(
        "update storage_use set live_bytes = ? where employee_id ="
            + " (select employee_id from repository where restic_id = ?)",
        quota - 1500,
        resticDevice.repository());
    byte[] bytes = ApiDevice.random(1501);
    ApiReply refused = resticDevice.post("data/" + nameOf(bytes), bytes);
    assertThat(refused.status()).isEqualTo(507);
    assertThat(refused.code()).isEqualTo("quota-exceeded");
    assertThat(resticDevice.send("HEAD", "data/" + nameOf(bytes)).status()).isEqualTo(404);
    resticDevice.stored("data", ApiDevice.random(1500));
    byte[] large = ApiDevice.random(4097);
    assertThat(resticDevice.post("locks/" + nameOf(large), large).status()).isEqualTo(507);
    for (int i = 0; i < 100; i++) {
      resticDevice.stored("locks", ApiDevice.random(4096));
    }
    byte[] one = ApiDevice.random(100);
    ApiReply tooMany = resticDevice.post("locks/" + nameOf(one), one);
    assertThat(tooMany.status()).as("of locks, too").isEqualTo(507);
  }

  @Test
  void a_snapshot_that_comes_back_is_no_new_backup() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    byte[] bytes = ApiDevice.random(90);
    String path = resticDevice.stored("snapshots", bytes);
    String first = lastBackup(resticDevice);
    assertThat(resticDevice.send("DELETE", path).status()).isEqualTo(200);
    resticDevice.stored("snapshots", bytes);
    assertThat(lastBackup(resticDevice)).isEqualTo(first);
    resticDevice.stored("snapshots", ApiDevice.random(91));
    assertThat(lastBackup(resticDevice)).isGreaterThan(first);
  }

  private static String lastBackup(ResticDevice resticDevice) {
    JsonNode device = resticDevice.session().get("/v1/device/devices").json().get(0);
    return device.path("lastBackupAt").asText();
  }

  @Test
  void rotten_bytes_are_healed_by_the_right_ones() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    byte[] bytes = ApiDevice.random(700);
    String path = resticDevice.stored("data", bytes);
    resticDevice.change(
        "insert into rotten_object (object_id, repository_id, kind, found_at)"
            + " select o.object_id, o.repository_id, 'MISMATCH', o.stored_at"
            + OBJECTS,
        resticDevice.repository());
    assertThat(resticDevice.post(path, bytes).status()).isEqualTo(200);
    assertThat(resticDevice.post(path, bytes).status()).isEqualTo(403);
    assertThat(resticDevice.send("GET", path).body()).isEqualTo(bytes);
  }
}
