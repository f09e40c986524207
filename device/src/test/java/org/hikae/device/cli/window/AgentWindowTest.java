package org.hikae.device.cli.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.hikae.backup.wire.RunReport;
import org.hikae.device.AgentJson;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.company.FakeCompany;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.RunLock;
import org.hikae.device.state.StateFile;
import org.hikae.device.window.WindowClient.WindowReply;
import org.hikae.device.window.WindowLimits;
import org.hikae.hk1.TextCodec;
import org.hikae.testing.EveryThirdRun;
import org.hikae.transparency.wire.LogEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The window over HTTP, as its page uses it, with the agent's own use cases behind it. */
@EveryThirdRun
class AgentWindowTest extends CompanyTestBase {

  private AgentHarness device;
  private AgentWindow window;
  private WindowPage page;

  private void open(AgentHarness of, String language) throws Exception {
    device = of;
    window = AgentWindow.open(of.environment(), language, WindowLimits.STANDARD);
    page = WindowPage.open(window, language);
  }

  @AfterEach
  void closeWindow() {
    if (window != null) {
      window.close();
    }
  }

  private static String raw(Path path) {
    return TextCodec.base64(path.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String json(Object value) throws Exception {
    return AgentJson.mapper().writeValueAsString(value);
  }

  private String verdict() throws Exception {
    return page.ask("verdict", "{}").get("verdict").textValue();
  }

  private JsonNode backUp() throws Exception {
    page.ask("back-up", json(Map.of("folders", List.of(tree.toString()))));
    return page.ended();
  }

  private String newest() throws Exception {
    return page.ask("timeline", "{}").get("snapshots").get(0).get("snapshotId").textValue();
  }

  private JsonNode folder(String snapshotId, Path path) throws Exception {
    return page.ask("folder", json(Map.of("snapshotId", snapshotId, "rawPath", raw(path))));
  }

  private static List<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(each -> each.get(field).asText())
        .toList();
  }

  private JsonNode restore(String snapshotId, Path path, boolean folder, String more)
      throws Exception {
    page.ask(
        "restore",
        "{\"snapshotId\":\""
            + snapshotId
            + "\",\"items\":[{\"rawPath\":\""
            + raw(path)
            + "\",\"directory\":"
            + folder
            + "}],"
            + more
            + "}");
    return page.ended();
  }

  @Test
  void the_verdict_says_each_step_on_the_way_to_being_protected() throws Exception {
    open(device("first"), "en");
    assertThat(verdict()).isEqualTo("SIGN_IN");
    assertThat(page.ask("portal", "{}").has("backups")).as("which portal?").isFalse();
    signIn(device);
    assertThat(page.ask("portal", "{}").get("backups").textValue())
        .isEqualTo(company.url() + "/my/backups");
    assertThat(verdict()).isEqualTo("OPT_IN");
    assertThat(optInPassword(device)).isZero();
    assertThat(verdict()).isEqualTo("NO_BACKUP");
    assertThat(backUp().get("result").textValue()).isEqualTo("SUCCESS");
    JsonNode protectedNow = page.ask("verdict", "{}");
    assertThat(protectedNow.get("verdict").textValue()).isEqualTo("NOT_SCHEDULED");
    assertThat(protectedNow.get("lastBackupAt").textValue()).isNotEmpty();
    window.close();
    open(device("second"), "en");
    signIn(device);
    assertThat(verdict()).as("of a device without the key").isEqualTo("UNLOCK");
  }

  @Test
  void a_snapshot_that_the_portal_withholds_is_no_protection() throws Exception {
    open(optedIn("first"), "en");
    backUp();
    assertThat(verdict()).isEqualTo("NOT_SCHEDULED");
    company.stores().lists(all -> List.of());
    page.ask("refresh", "{}");
    JsonNode doubt = page.ask("verdict", "{}");
    assertThat(doubt.get("verdict").textValue()).isEqualTo("IN_DOUBT");
    assertThat(doubt.get("notes")).isNotEmpty();
  }

  @Test
  void an_alarm_about_the_portals_log_that_stands_is_no_protection() throws Exception {
    open(optedIn("first"), "en");
    backUp();
    company.log.publish(List.of(LogEntry.ofConsent(1, "en", "T", "B").encode()));
    assertThat(device.run("log")).isEqualTo(7);
    JsonNode doubt = page.ask("verdict", "{}");
    assertThat(doubt.get("verdict").textValue()).isEqualTo("IN_DOUBT");
    assertThat(doubt.get("notes").get(0).textValue()).contains("ALARM", "CARD_MISSING");
  }

  @Test
  void a_snapshot_is_browsed_from_folder_to_folder() throws Exception {
    Files.createLink(tree.resolve("zweiter"), tree.resolve("letter.txt"));
    open(optedIn("first"), "en");
    backUp();
    JsonNode snapshot = page.ask("timeline", "{}").get("snapshots").get(0);
    assertThat(snapshot.get("own").booleanValue()).isTrue();
    assertThat(snapshot.get("files").longValue()).isEqualTo(2);
    assertThat(snapshot.get("madeAt").textValue()).isNotEmpty();
    String id = snapshot.get("snapshotId").textValue();
    JsonNode root = folder(id, Path.of("/"));
    assertThat(texts(root.get("entries"), "name")).containsExactly(tree.getName(0).toString());
    JsonNode folder = folder(id, tree);
    assertThat(folder.get("path").textValue()).isEqualTo(tree.toString());
    assertThat(texts(folder.get("entries"), "name"))
        .containsExactly("letter.txt", "link", "zweiter", "日本");
    assertThat(texts(folder.get("entries"), "type"))
        .containsExactly("FILE", "SYMLINK", "HARD_LINK", "DIRECTORY");
    JsonNode below = folder(id, tree.resolve("日本/語")).get("entries").get(0);
    assertThat(below.get("name").textValue()).isEqualTo("書類.txt");
    assertThat(below.get("size").longValue()).isEqualTo(6);
  }

  @Test
  void a_deleted_file_is_found_by_a_part_of_its_name_and_an_earlier_version_comes_back()
      throws Exception {
    open(optedIn("first"), "en");
    backUp();
    Files.writeString(tree.resolve("letter.txt"), "another diary");
    backUp();
    Files.delete(tree.resolve("letter.txt"));
    backUp();
    JsonNode found = page.ask("search", json(Map.of("text", " LETT ")));
    assertThat(found.get("searched").intValue()).isEqualTo(3);
    assertThat(found.get("hits")).hasSize(1);
    JsonNode hit = found.get("hits").get(0);
    assertThat(hit.get("path").textValue()).isEqualTo(tree.resolve("letter.txt").toString());
    assertThat(hit.get("deleted").booleanValue()).isTrue();
    assertThat(hit.get("device").textValue()).isEqualTo("this device");
    JsonNode versions = hit.get("versions");
    assertThat(texts(versions, "size")).containsExactly("13", "10");
    String first = versions.get(1).get("snapshotId").textValue();
    JsonNode run = restore(first, tree.resolve("letter.txt"), false, "\"overwrite\":\"NEVER\"");
    assertThat(run.get("result").textValue()).isEqualTo("SUCCESS");
    assertThat(tree.resolve("letter.txt")).hasContent("dear diary");
    assertThat(company.reports()).anyMatch(report -> report.kind() == RunReport.Kind.RESTORE);
    assertThat(page.ask("search", json(Map.of("text", "書類"))).get("hits").get(0).get("deleted"))
        .as("still there")
        .isEqualTo(AgentJson.mapper().readTree("false"));
  }

  /**
   * The index is the one of {@code hikae find}: read once, ahead of a search where that is asked.
   */
  @Test
  void names_are_read_once_and_from_then_on_searched_without_their_manifests() throws Exception {
    open(optedIn("first"), "en");
    backUp();
    backUp();
    JsonNode ahead = page.ask("names", "{}");
    assertThat(ahead.get("searched").intValue()).isEqualTo(2);
    assertThat(ahead.get("hits")).isEmpty();
    List<String> asked = new CopyOnWriteArrayList<>();
    company.watchedBy(
        new FakeCompany.RequestListener() {
          @Override
          public void done(String request, byte[] body) {
            asked.add(request);
          }
        });
    JsonNode found = page.ask("search", json(Map.of("text", "書類")));
    assertThat(found.get("hits")).hasSize(1);
    assertThat(found.get("total").intValue()).isEqualTo(1);
    assertThat(
            page.ask("versions", json(Map.of("rawPath", raw(tree.resolve("letter.txt")))))
                .get("hits"))
        .hasSize(1);
    assertThat(asked).noneMatch(request -> request.contains("/objects/"));
    assertThat(device.run("find", "--offline", "letter")).as(device.err()).isZero();
    assertThat(device.out()).contains(tree.resolve("letter.txt").toString());
    assertThat(page.reply("search", json(Map.of("text", "a/b"))).body()).contains("find.malformed");
  }

  @Test
  void what_is_there_stays_or_goes_as_the_person_chose() throws Exception {
    open(optedIn("first"), "en");
    backUp();
    String id = newest();
    Path other = folder.resolve("other");
    String into = "\"target\":" + json(other.toString()) + ",";
    assertThat(restore(id, tree, true, into + "\"overwrite\":\"NEVER\"").get("result").textValue())
        .isEqualTo("SUCCESS");
    Path copy = other.resolve("tree");
    assertSame(copy);
    Files.writeString(copy.resolve("letter.txt"), "mine");
    JsonNode left = restore(id, tree, true, into + "\"overwrite\":\"NEVER\"");
    assertThat(left.get("leftAlone").longValue()).isEqualTo(2);
    assertThat(copy.resolve("letter.txt")).hasContent("mine");
    restore(id, tree, true, into + "\"overwrite\":\"IF_NEWER\"");
    assertThat(copy.resolve("letter.txt")).hasContent("mine");
    JsonNode replaced = restore(id, tree, true, into + "\"overwrite\":\"ALWAYS\"");
    assertThat(replaced.get("leftAlone").longValue()).isZero();
    assertSame(copy);
  }

  @Test
  void a_run_elsewhere_and_a_request_that_cannot_be_done_are_said_in_the_pages_language()
      throws Exception {
    open(optedIn("first"), "ja");
    AgentHome home =
        AgentHome.of(device.environment().environment(), device.environment().userHome());
    try (RunLock _ = RunLock.take(home)) {
      JsonNode run = backUp();
      assertThat(run.get("failure").get("code").textValue()).isEqualTo("state.run-active");
      assertThat(run.get("failure").get("message").textValue()).contains("お待ちください");
    }
    WindowReply nothing = page.reply("back-up", json(Map.of("folders", List.of())));
    assertThat(nothing.status()).isEqualTo(200);
    assertThat(page.ended().get("failure").get("code").textValue()).isEqualTo("backup.no-paths");
    backUp();
    WindowReply missing =
        page.reply("folder", json(Map.of("snapshotId", newest(), "rawPath", raw(Path.of("/no")))));
    assertThat(missing.status()).isEqualTo(422);
    assertThat(missing.body()).contains("restore.not-in-snapshot");
  }

  @Test
  void one_run_works_at_a_time_and_the_window_ends_after_it() throws Exception {
    open(optedIn("first"), "en");
    CountDownLatch goesOn = new CountDownLatch(1);
    company.watchedBy(
        new FakeCompany.RequestListener() {
          @Override
          public void done(String request, byte[] body) throws IOException {
            try {
              assertThat(goesOn.await(1, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
        });
    String folders = json(Map.of("folders", List.of(tree.toString())));
    assertThat(page.ask("back-up", folders).get("running").booleanValue()).isTrue();
    WindowReply second = page.reply("back-up", folders);
    assertThat(second.status()).isEqualTo(422);
    assertThat(second.body()).contains("window.busy");
    page.ask("end", "{}");
    assertThat(window.busy()).isTrue();
    goesOn.countDown();
    assertThat(page.ended().get("result").textValue()).isEqualTo("SUCCESS");
    window.awaitEnd();
  }

  @Test
  void what_no_page_of_the_agent_asks_for_is_refused() throws Exception {
    open(optedIn("first"), "en");
    backUp();
    String id = newest();
    String item = "{\"rawPath\":\"" + raw(tree) + "\",\"directory\":true}";
    for (String body :
        List.of(
            "",
            "[",
            "{}",
            "null",
            "{\"snapshotId\":\"--json\",\"items\":[" + item + "],\"overwrite\":\"NEVER\"}",
            "{\"snapshotId\":\"latest\",\"items\":[" + item + "],\"overwrite\":\"NEVER\"}",
            "{\"snapshotId\":\"" + id + "\",\"items\":[null],\"overwrite\":\"NEVER\"}",
            "{\"snapshotId\":\"" + id + "\",\"items\":[],\"overwrite\":\"NEVER\"}",
            "{\"snapshotId\":\"" + id + "\",\"items\":[" + item + "],\"overwrite\":\"REFUSE\"}",
            "{\"snapshotId\":\"" + id + "\",\"items\":[" + item + "],\"overwrite\":1}",
            "{\"snapshotId\":\""
                + id
                + "\",\"items\":[{\"rawPath\":\"Lw\",\"directory\":true}],\"overwrite\":\"ALWAYS\"}",
            "{\"snapshotId\":\""
                + id
                + "\",\"items\":[{\"rawPath\":\"Li4v\",\"directory\":true}],\"overwrite\":\"ALWAYS\"}")) {
      WindowReply reply = page.reply("restore", body);
      assertThat(reply.status()).as(body).isEqualTo(422);
      assertThat(reply.body()).as(body).containsAnyOf("window.malformed", "window.items");
    }
    assertThat(page.reply("no-such-thing", "{}").status()).isEqualTo(404);
    assertThat(page.ask("run", "{}").get("kind").textValue())
        .as("nothing began")
        .isEqualTo("BACKUP");
  }

  /** What opens the backup, and what signs in, stays in the agent. */
  @Test
  void neither_the_key_nor_what_signs_in_is_ever_in_a_page() throws Exception {
    open(optedIn("first"), "en");
    backUp();
    String id = newest();
    verdict();
    folder(id, tree);
    page.ask("search", json(Map.of("text", "t")));
    restore(id, tree, true, "\"target\":\"out\",\"overwrite\":\"ALWAYS\"");
    AgentHome home =
        AgentHome.of(device.environment().environment(), device.environment().userHome());
    AgentState state = new StateFile(home).require();
    String key = Objects.requireNonNull(state.set()).key();
    assertThat(page.received())
        .contains("letter.txt")
        .doesNotContain(key, TextCodec.hex(TextCodec.parseBase64("key", key, 32)), PASSWORD)
        .doesNotContain(Objects.requireNonNull(state.refreshToken()))
        .doesNotContain(state.device().privateKey());
    for (String path : List.of("/", "/window.js", "/window.css", "/texts.en.json")) {
      assertThat(page.file(path).status()).isEqualTo(200);
    }
    assertThat(window.linkFile()).as("used").doesNotExist();
  }
}
