package org.hikae.device.cli.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentJson;
import org.hikae.device.cli.backup.ScheduleCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.RawArguments;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.schedule.Schedule;
import org.hikae.device.schedule.ScheduleStore;
import org.hikae.device.state.AgentHome;
import org.hikae.device.window.WindowClient.WindowReply;
import org.hikae.device.window.WindowLimits;
import org.hikae.hk1.TextCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a person backs up, and when, in the window. */
class WindowScheduleTest extends CompanyTestBase {

  private AgentHarness device;
  private AgentWindow window;
  private WindowPage page;

  @AfterEach
  void closeWindow() {
    if (window != null) {
      window.close();
    }
  }

  private void open(AgentHarness of) throws Exception {
    device = of;
    window = AgentWindow.open(of.environment(), "en", WindowLimits.STANDARD);
    page = WindowPage.open(window, "en");
  }

  private static String json(Object value) throws Exception {
    return AgentJson.mapper().writeValueAsString(value);
  }

  private static String raw(Path path) {
    return TextCodec.base64(path.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Object> schedule(List<String> folders) {
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("folders", folders);
    asked.put("at", "09:30");
    asked.put("everyHours", 4);
    asked.put("onBattery", true);
    asked.put("onMetered", false);
    asked.put("warnAfterDays", 2);
    asked.put("uploadLimit", 500);
    return asked;
  }

  @Test
  void a_schedule_is_made_paused_resumed_and_ended_as_by_the_commands() throws Exception {
    open(optedIn("first"));
    assertThat(page.ask("schedule", "{}").get("scheduled").booleanValue()).isFalse();
    JsonNode made = page.ask("set-schedule", json(schedule(List.of(raw(tree)))));
    assertThat(made.get("scheduled").booleanValue()).isTrue();
    assertThat(made.get("folders").get(0).get("path").textValue()).isEqualTo(tree.toString());
    assertThat(made.get("at").textValue()).isEqualTo("09:30");
    assertThat(made.get("everyHours").intValue()).isEqualTo(4);
    assertThat(made.get("uploadLimit").intValue()).isEqualTo(500);
    assertThat(device.run("schedule", "--show")).isZero();
    assertThat(device.out()).contains(tree.toString(), "09:30", "Also on battery", "500");
    assertThat(page.ask("verdict", "{}").hasNonNull("nextAt")).as("nothing begins it").isFalse();
    triedBySchedule(RunResult.NETWORK);
    assertThat(page.ask("verdict", "{}").get("nextAt").textValue()).isNotEmpty();
    JsonNode paused = page.ask("pause", "{\"span\":\"2h\"}");
    assertThat(paused.get("paused").booleanValue()).isTrue();
    assertThat(paused.get("pausedUntil").textValue()).isNotEmpty();
    JsonNode meanwhile = page.ask("verdict", "{}");
    assertThat(meanwhile.get("verdict").textValue()).isEqualTo("NO_BACKUP");
    assertThat(meanwhile.get("paused").booleanValue()).isTrue();
    assertThat(meanwhile.get("pausedUntil")).isEqualTo(paused.get("pausedUntil"));
    assertThat(meanwhile.hasNonNull("nextAt")).as("a promise that nobody keeps").isFalse();
    page.ask("pause", "{}");
    assertThat(page.ask("verdict", "{}").hasNonNull("pausedUntil")).as("for ever").isFalse();
    assertThat(page.ask("resume", "{}").get("paused").booleanValue()).isFalse();
    assertThat(page.ask("verdict", "{}").get("paused").booleanValue()).isFalse();
    assertThat(page.ask("schedule-off", "{}").get("scheduled").booleanValue()).isFalse();
    assertThat(device.run("schedule", "--show")).isNotZero();
  }

  @Test
  void a_schedule_that_nothing_on_the_computer_begins_protects_nobody() throws Exception {
    open(optedIn("first"));
    assertThat(device.run("backup", tree.toString())).isZero();
    page.ask("set-schedule", json(schedule(List.of(raw(tree)))));
    JsonNode set = page.ask("verdict", "{}");
    assertThat(set.get("verdict").textValue()).isEqualTo("NOT_SCHEDULED");
    assertThat(set.hasNonNull("nextAt")).isFalse();
    assertThat(page.ask("schedule", "{}").get("begun").booleanValue()).isFalse();
    triedBySchedule(RunResult.SUCCESS);
    assertThat(page.ask("schedule", "{}").get("begun").booleanValue()).isTrue();
    JsonNode begun = page.ask("verdict", "{}");
    assertThat(begun.get("verdict").textValue()).isEqualTo("PROTECTED");
    assertThat(begun.get("nextAt").textValue()).isNotEmpty();
  }

  /** Else the page announces at once what has just been done. */
  @Test
  void what_was_backed_up_in_the_window_is_not_due_by_schedule_again() throws Exception {
    open(optedIn("first"));
    page.ask("set-schedule", json(schedule(List.of(raw(tree)))));
    assertThat(due()).isTrue();
    page.ask("back-up", "{\"folders\":[]}");
    assertThat(page.ended().get("result").textValue()).isEqualTo("SUCCESS");
    assertThat(due()).isFalse();
    assertThat(page.ask("verdict", "{}").get("verdict").textValue())
        .as("that a person began it does not say that anything else does")
        .isEqualTo("NOT_SCHEDULED");
  }

  private boolean due() throws Exception {
    Instant next = Instant.parse(page.ask("schedule", "{}").get("nextAt").textValue());
    return !next.isAfter(device.environment().clock().instant());
  }

  /** As if something had begun a scheduled backup, which ended so. */
  private void triedBySchedule(RunResult result) throws Exception {
    Instant now = device.environment().clock().instant();
    store().write(store().runs(now).after(result, kept(), now, ZoneOffset.UTC, new SecureRandom()));
  }

  private ScheduleStore store() {
    AgentEnvironment here = device.environment();
    return new ScheduleStore(AgentHome.of(here.environment(), here.userHome()));
  }

  private Schedule kept() throws Exception {
    return store().schedule().orElseThrow();
  }

  private String arguments() throws Exception {
    return kept().arguments().stream()
        .map(argument -> RawArguments.carried(Schedule.bytes(argument)))
        .collect(Collectors.joining(" "));
  }

  /** The page as it came, sent back as it is. */
  private JsonNode sentBack(JsonNode now) throws Exception {
    List<String> folders = now.get("folders").findValuesAsText("rawPath");
    Map<String, Object> same = schedule(folders);
    same.put("uploadLimit", now.get("uploadLimit"));
    return page.ask("set-schedule", json(same));
  }

  @Test
  void options_of_two_words_are_no_folders_and_stay_when_the_schedule_is_changed()
      throws Exception {
    open(optedIn("first"));
    assertThat(
            device.run(
                "schedule",
                "--limit-upload",
                "2M",
                "--exclude",
                "build",
                "--one-file-system",
                tree.toString()))
        .as(device.err())
        .isZero();
    JsonNode now = page.ask("schedule", "{}");
    assertThat(now.get("folders").findValuesAsText("path")).containsExactly(tree.toString());
    assertThat(now.get("uploadLimit").intValue()).as("KiB").isEqualTo(2048);
    assertThat(now.get("options").toString())
        .isEqualTo("[\"--exclude=build\",\"--one-file-system\"]");
    JsonNode same = sentBack(now);
    assertThat(same.get("options")).isEqualTo(now.get("options"));
    assertThat(arguments())
        .isEqualTo("--limit-upload=2048 --exclude=build --one-file-system " + tree);
  }

  @Test
  void relative_folders_and_files_are_those_of_where_the_schedule_was_made() throws Exception {
    open(optedIn("first"));
    AgentEnvironment there =
        device.environment().unattended(tree.toString().getBytes(StandardCharsets.UTF_8));
    var _ =
        new ScheduleCommand(there)
            .with(List.of("--exclude-file=patterns", "../tree/./papers"))
            .call();
    JsonNode now = page.ask("schedule", "{}");
    String papers = tree.resolveSibling("tree/papers").toString();
    assertThat(now.get("folders").findValuesAsText("path")).containsExactly(papers);
    sentBack(now);
    assertThat(arguments()).isEqualTo("--exclude-file=patterns " + papers);
    assertThat(kept().workingDirectory())
        .as("where its file is looked for")
        .isEqualTo(Schedule.text(tree.toString().getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void names_that_are_no_text_come_back_as_the_same_bytes() throws Exception {
    open(optedIn("first"));
    String folder = RawArguments.carry(tree.toString()) + "/\u00e9t\u00e9";
    var _ = new ScheduleCommand(device.environment()).with(List.of(folder)).call();
    JsonNode now = page.ask("schedule", "{}");
    assertThat(now.get("folders").findValuesAsText("path")).containsExactly(tree + "/\\xe9t\\xe9");
    sentBack(now);
    assertThat(arguments()).isEqualTo(folder);
  }

  @Test
  void what_is_no_schedule_is_refused_with_the_sentence_of_the_command() throws Exception {
    open(optedIn("first"));
    Map<String, Object> wrong = schedule(List.of(raw(tree)));
    wrong.put("at", "25:99");
    assertThat(page.reply("set-schedule", json(wrong)).body()).contains("schedule.at");
    wrong.put("at", "--off");
    assertThat(page.reply("set-schedule", json(wrong)).body()).contains("window.malformed");
    wrong.put("at", "09:30");
    wrong.put("everyHours", 5);
    assertThat(page.reply("set-schedule", json(wrong)).body()).contains("schedule.hours");
    WindowReply none = page.reply("set-schedule", json(schedule(List.of())));
    assertThat(none.status()).isEqualTo(422);
    assertThat(none.body()).as("the company names no folder").contains("backup.no-paths");
    assertThat(page.reply("pause", "{}").body()).contains("schedule.none");
    assertThat(page.ask("schedule", "{}").get("scheduled").booleanValue()).isFalse();
  }

  /** Else each backup would end at it, and the page that could change it, too. */
  @Test
  void a_limit_that_no_backup_can_keep_to_is_refused_and_the_schedule_stays() throws Exception {
    open(optedIn("first"));
    page.ask("set-schedule", json(schedule(List.of(raw(tree)))));
    for (int limit : new int[] {-1, 0, 31, 10_000_000}) {
      Map<String, Object> wrong = schedule(List.of(raw(tree)));
      wrong.put("uploadLimit", limit);
      WindowReply reply = page.reply("set-schedule", json(wrong));
      assertThat(reply.status()).as("%s", limit).isEqualTo(422);
      assertThat(reply.body()).contains("limit.malformed");
    }
    assertThat(page.ask("schedule", "{}").get("uploadLimit").intValue()).isEqualTo(500);
  }

  @Test
  void a_folder_says_how_large_it_is_and_what_is_left_out_and_why() throws Exception {
    Files.writeString(tree.resolve(".hikaeignore"), "secret.txt\n");
    Files.writeString(tree.resolve("secret.txt"), "not this");
    Files.createDirectories(tree.resolve(".Trash"));
    Files.writeString(tree.resolve("movie.iso"), "large");
    Path tagged = Files.createDirectories(tree.resolve("tagged"));
    Files.writeString(
        tagged.resolve("CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55\n");
    Files.writeString(tree.resolve("日本/ignored.iso"), "x".repeat(1000));
    company.responses().policy =
        Map.of("backupExclude", List.of("*.iso"), "backupInclude", List.of("~/Documents"));
    open(optedIn("first"));
    JsonNode folder = page.ask("source", json(Map.of("rawPath", raw(tree))));
    assertThat(folder.get("policyKnown").booleanValue()).isTrue();
    assertThat(folder.get("counted").booleanValue()).isTrue();
    assertThat(folder.get("companyFolders").toString()).isEqualTo("[\"~/Documents\"]");
    Map<String, String> why = new LinkedHashMap<>();
    folder
        .get("entries")
        .forEach(
            entry ->
                why.put(
                    entry.get("name").textValue(),
                    entry.path("leftOut").asText(entry.get("plainBytes").asText())));
    assertThat(why)
        .containsEntry("secret.txt", "IGNORE_FILE")
        .containsEntry(".Trash", "CACHE")
        .containsEntry("tagged", "CACHE")
        .containsEntry("movie.iso", "COMPANY")
        .containsEntry("letter.txt", "10")
        .containsEntry("日本", "6");
    assertThat(page.ask("source", "{}").get("path").textValue())
        .isEqualTo(device.environment().userHome());
    assertThat(page.reply("source", json(Map.of("rawPath", raw(Path.of("/no"))))).status())
        .isEqualTo(422);
  }
}
