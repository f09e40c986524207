package org.hikae.device.cli.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hikae.backup.wire.OwnResticRepository;
import org.hikae.device.AgentJson;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.state.AgentHome;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;

/** restic's set-up in the window. */
@EveryThirdRun
class WindowResticTest extends WindowDialogTestBase {

  private static final String OWN_PASSWORD = "my \"own\" パスワード 'of' restic";

  private List<String> shown(JsonNode asked) throws Exception {
    assertThat(step(asked)).isEqualTo("RESTIC_VALUES");
    assertThat(asked.get("facts").get("expiresAt").textValue()).startsWith("20");
    return rows(asked);
  }

  private static String value(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode cancelled() throws Exception {
    assertThat(page.ask("cancel", "{}").has("step"))
        .as("what is to end asks nothing, also before the command has heard of it")
        .isFalse();
    return page.until(view -> !view.get("running").booleanValue());
  }

  private boolean usable(String username) {
    return company.responses().restic.credentials().get(username).usable();
  }

  @Test
  void what_a_shell_would_run_is_no_credential() throws Exception {
    open(optedIn("first"));
    assertThat(result(begin("RESTIC_SETUP"))).isEqualTo("SUCCESS");
    for (String hostile : List.of("x\u2019; calc; \u2019", "x\ncalc\n", "x\u001b[2J", "")) {
      company.responses().restic.givesPasswords(hostile);
      assertThat(result(begin("RESTIC_SHOW"))).as(hostile).contains("network.not-the-portal");
    }
  }

  @Test
  void it_is_set_up_shown_once_and_what_was_shown_can_be_ended_again() throws Exception {
    open(optedIn("first"));
    assertThat(result(begin("RESTIC_SHOW"))).contains("restic.none");
    JsonNode setUp = begin("RESTIC_SETUP");
    assertThat(result(setUp)).isEqualTo("SUCCESS");
    assertThat(setUp.get("said").toString()).contains("restic can back up from this device");
    assertThat(begin("RESTIC").get("said").toString()).contains("* ");

    String before = page.received();
    JsonNode asked = begin("RESTIC_SHOW");
    List<String> lines = shown(asked);
    assertThat(lines).hasSize(4);
    String username = value(lines, "RESTIC_REST_USERNAME");
    assertThat(value(lines, "RESTIC_REPOSITORY")).startsWith("rest:" + company.url());
    JsonNode ended = answer(asked, "");
    assertThat(result(ended)).isEqualTo("SUCCESS");
    assertThat(usable(username)).as("who has it keeps it").isTrue();
    String json = AgentJson.mapper().writeValueAsString(lines);
    assertThat(page.received().substring(before.length()).replace(json, ""))
        .as("in no answer but the one that shows them")
        .doesNotContain(value(lines, "RESTIC_PASSWORD"), value(lines, "RESTIC_REST_PASSWORD"));
    assertThat(device.out() + device.err()).doesNotContain(value(lines, "RESTIC_PASSWORD"));

    asked = begin("RESTIC_SHOW");
    username = value(shown(asked), "RESTIC_REST_USERNAME");
    assertThat(answer(asked, "forget").get("said").toString()).contains("ended");
    assertThat(usable(username)).isFalse();
  }

  @Test
  void a_credential_that_nobody_wanted_in_the_end_is_no_good() throws Exception {
    open(optedIn("first"));
    begin("RESTIC_SETUP");
    String username = value(shown(begin("RESTIC_SHOW")), "RESTIC_REST_USERNAME");
    assertThat(result(cancelled())).startsWith("CANCELLED");
    assertThat(usable(username)).isFalse();
  }

  @Test
  void a_credential_whose_end_the_portal_was_not_told_is_ended_with_the_next_run()
      throws Exception {
    open(optedIn("first"));
    begin("RESTIC_SETUP");
    String username = value(shown(begin("RESTIC_SHOW")), "RESTIC_REST_USERNAME");
    company.responses().restic.failRevocations(1);
    assertThat(result(cancelled())).startsWith("CANCELLED");
    assertThat(usable(username)).as("tried again at once").isFalse();

    username = value(shown(begin("RESTIC_SHOW")), "RESTIC_REST_USERNAME");
    company.responses().restic.failRevocations(1000);
    assertThat(result(cancelled())).contains("restic.shown.not-ended", "My backups");
    assertThat(usable(username)).isTrue();
    company.responses().restic.failRevocations(0);
    page.ask("back-up", json(Map.of("folders", List.of(tree.toString()))));
    assertThat(page.ended().get("result").textValue()).isEqualTo("SUCCESS");
    assertThat(usable(username)).isFalse();
    int before = company.requests().size();
    begin("RESTIC");
    assertThat(company.requests().subList(before, company.requests().size()))
        .as("once is enough")
        .noneMatch(request -> request.startsWith("DELETE"));
  }

  @Test
  void who_has_a_credential_that_could_neither_be_ended_nor_noted_is_told_so() throws Exception {
    AgentHarness first = optedIn("first");
    open(first);
    begin("RESTIC_SETUP");
    // In place of the folder of those that are to end.
    Path notes = home(first).resticRevocations();
    Files.deleteIfExists(notes);
    Files.createFile(notes);
    String username = value(shown(begin("RESTIC_SHOW")), "RESTIC_REST_USERNAME");
    company.responses().restic.failRevocations(1000);
    JsonNode ended = cancelled();
    assertThat(result(ended)).contains("restic.shown.not-noted", "My backups", "could not note");
    assertThat(result(ended)).as("until when").containsPattern("Until 20\\d\\d-");
    assertThat(usable(username)).isTrue();
  }

  @Test
  void a_credential_is_ended_also_when_its_window_is_killed_while_it_shows_it() throws Exception {
    AgentHarness first = optedIn("first");
    open(first);
    begin("RESTIC_SETUP");
    JsonNode asked = begin("RESTIC_SHOW");
    String username = value(shown(asked), "RESTIC_REST_USERNAME");
    Path note = home(first).resticRevocations().resolve(username);
    assertThat(note).as("for whoever comes after a crash").exists();
    assertThat(first.run("backup", tree.toString())).as(first.err()).isZero();
    assertThat(usable(username)).as("while it is shown").isTrue();
    assertThat(isLocked(note)).as("also for another process").isTrue();
    assertThat(result(answer(asked, ""))).isEqualTo("SUCCESS");
    assertThat(note).doesNotExist();

    // As a process that died has left it, after some that the portal refuses for good.
    Files.createFile(note);
    for (int i = 0; i < 2; i++) {
      Files.createFile(note.resolveSibling("0".repeat(31) + i));
    }
    assertThat(first.run("backup", tree.toString())).as(first.err()).isZero();
    assertThat(usable(username)).isFalse();
    assertThat(note).doesNotExist();
    assertThat(note.resolveSibling("0".repeat(32))).as("the portal may change its mind").exists();
  }

  private static AgentHome home(AgentHarness device) {
    return AgentHome.of(device.environment().environment(), device.environment().userHome());
  }

  /** What the kernel knows of locks, and another process meets. */
  private static boolean isLocked(Path file) throws Exception {
    long inode = (long) Files.getAttribute(file, "unix:ino");
    return Files.readAllLines(Path.of("/proc/locks")).stream()
        .anyMatch(line -> line.contains(":" + inode + " "));
  }

  @Test
  void a_password_of_the_repository_is_kept_whatever_is_in_it_and_credentials_are_replaced()
      throws Exception {
    open(optedIn("first"));
    begin("RESTIC_SETUP");
    JsonNode asked = begin("RESTIC_OWN_PASSWORD");
    assertThat(step(asked)).isEqualTo("RESTIC_PASSWORD");
    assertThat(result(secret(asked, " "))).contains("restic.own.form");
    assertThat(result(secret(begin("RESTIC_OWN_PASSWORD"), OWN_PASSWORD))).isEqualTo("SUCCESS");
    asked = begin("RESTIC_SHOW");
    assertThat(value(shown(asked), "RESTIC_PASSWORD")).isEqualTo(OWN_PASSWORD);
    answer(asked, "forget");

    String repository = company.responses().restic.repositories().keySet().iterator().next();
    String username = state().restic().get(repository).username();
    assertThat(result(begin("RESTIC_REPLACE"))).isEqualTo("SUCCESS");
    assertThat(usable(username)).isFalse();
  }

  @Test
  void of_several_repositories_the_person_chooses_one() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("restic", "setup")).as(first.err()).isZero();
    AgentHarness second = device("second");
    signIn(second);
    assertThat(second.run("restic", "setup", "--unlock", "password", "--password-fd", password()))
        .as(second.err())
        .isZero();
    open(second);
    JsonNode asked = begin("RESTIC_SHOW");
    assertThat(step(asked)).isEqualTo("RESTIC_REPOSITORY");
    assertThat(asked.get("facts").get("repositories")).hasSize(2);
    OwnResticRepository oldest =
        company.responses().restic.repositories().values().iterator().next();
    assertThat(value(shown(answer(asked, "1")), "RESTIC_REPOSITORY"))
        .endsWith(oldest.repository() + "/");
    var _ = cancelled();
    assertThat(result(answer(begin("RESTIC_SHOW"), "3"))).contains("window.malformed");
  }
}
