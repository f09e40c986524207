package org.hikae.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hikae.it.client.Company;
import org.hikae.it.client.Person;
import org.hikae.it.stack.Database;
import org.hikae.testing.Full;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What opens a backup is added, replaced and dropped by the agent that ships, at the real portal
 * and vault. Time budget: 90 seconds beside the system's start.
 */
@Full
class KeysIT {

  private static final String PASSWORD = "tsubame-ga-tonde-iku-3";
  private static final String OTHER = "kawasemi-no-ao-wa-fukai-8";

  @TempDir private Path temp;

  @Test
  void protections_come_and_go_and_one_always_opens() throws Exception {
    Person person = Company.on(Database.Kind.H2).employee();
    Agent first = signedIn(person, "first");
    first.optIn("password", PASSWORD);

    Agent.Shown old = first.makesDigits("keys", "add", "digits", "--json");
    assertDone(old.ran());
    Agent.Shown fresh = first.makesDigits("keys", "new-digits", "--json");
    assertDone(fresh.ran());
    assertThat(methods(first)).containsExactly("PASSWORD_VAULT", "DIGIT_KEY");
    assertThat(opens("second", person, "--digit-key-fd", old.digits())).isEqualTo(Ran.LOCKED);
    assertThat(opens("third", person, "--digit-key-fd", fresh.digits())).isEqualTo(Ran.DONE);
    Path sheet = temp.resolve("sheet.pdf");
    assertDone(first.with("--digit-key-fd", fresh.digits(), "sheet", sheet.toString()));
    assertThat(sheet).isNotEmptyFile();

    assertDone(first.withBoth(fresh.digits(), PASSWORD, "keys", "drop", "password", "--json"));
    assertThat(methods(first)).containsExactly("DIGIT_KEY");
    Ran last = first.with("--password-fd", PASSWORD, "keys", "drop", "digits", "--json");
    assertThat(last.exitCode()).as("%s", last).isEqualTo(Ran.LOCKED);
    assertDone(first.with("--new-password-fd", OTHER, "keys", "add", "password", "--json"));
    assertDone(first.with("--password-fd", OTHER, "keys", "drop", "digits", "--json"));
    assertThat(methods(first)).containsExactly("PASSWORD_VAULT");
    assertThat(opens("fourth", person, "--password-fd", OTHER)).isEqualTo(Ran.DONE);
  }

  @Test
  void a_device_without_the_key_calls_off_with_the_password() throws Exception {
    Person person = Company.on(Database.Kind.H2).employee();
    Agent first = signedIn(person, "owner");
    first.optIn("password", PASSWORD);
    assertDone(first.run("forget", "--without-password", "--yes", "--json"));
    Agent second = signedIn(person, "other");

    Ran vetoed = second.with("--password-fd", PASSWORD, "veto", "--json");

    assertDone(vetoed);
    assertThat(vetoed.event("order").path("done").asBoolean()).isTrue();
    JsonNode status = second.run("status", "--json").event("status");
    assertThat(status.path("announced").asText()).isEqualTo("NONE");
    assertThat(status.path("unlocked").asBoolean()).isFalse();
    assertDone(first.run("receipts", "verify", "--json"));
  }

  @Test
  void hk1_k_14_a_rotated_backup_opens_with_the_new_password_alone() throws Exception {
    Person person = Company.on(Database.Kind.H2).employee();
    Agent first = signedIn(person, "rotates");
    first.optIn("password", PASSWORD);
    Path tree = Files.createDirectories(temp.resolve("tree"));
    Path letter = Files.writeString(tree.resolve("letter.txt"), "before");
    String before = backsUp(first, tree);

    Ran rotated = first.withNewPassword(PASSWORD, OTHER, "keys", "rotate", "--json");
    assertDone(rotated);
    assertThat(rotated.event("rotate").path("generation").asInt()).isEqualTo(2);
    Files.writeString(letter, "afterwards");
    String after = backsUp(first, tree);
    assertDone(first.run("receipts", "verify", "--json"));

    assertThat(opens("with-the-old", person, "--password-fd", PASSWORD)).isEqualTo(Ran.LOCKED);
    Agent second = signedIn(person, "restores");
    assertThat(restored(second, tree, before)).hasContent("before");
    assertThat(restored(second, tree, after)).hasContent("afterwards");
    assertThat(methods(first)).containsExactlyInAnyOrder("CHAIN", "PASSWORD_VAULT");
  }

  private static String backsUp(Agent agent, Path tree) throws Exception {
    Ran backup = agent.run("backup", tree.toString(), "--json");
    assertDone(backup);
    // Only the owner key that the vault obeys can have it witness a snapshot.
    assertThat(backup.event("witness").path("sequence").asInt()).isPositive();
    return backup.event("backup").path("snapshotId").asText();
  }

  private Path restored(Agent agent, Path tree, String snapshot) throws Exception {
    Path target = temp.resolve(snapshot);
    assertDone(
        agent.with(
            "--password-fd",
            OTHER,
            "restore",
            snapshot,
            "--target",
            target.toString(),
            "--path",
            tree.toString(),
            "--json"));
    return target.resolve("letter.txt");
  }

  private Agent signedIn(Person person, String name) throws IOException, InterruptedException {
    Agent agent = new Agent(Company.on(Database.Kind.H2).stack(), temp.resolve(name)).here();
    agent.login(person);
    return agent;
  }

  /** How a device without the key ends that tries this secret. */
  private int opens(String name, Person person, String option, String secret)
      throws IOException, InterruptedException {
    return signedIn(person, name).with(option, secret, "optin", "--json").exitCode();
  }

  private static List<String> methods(Agent agent) throws IOException, InterruptedException {
    return agent.run("keys", "--json").events().stream()
        .filter(event -> event.path("event").asText().equals("wrap"))
        .map(event -> event.path("method").asText())
        .toList();
  }

  private static void assertDone(Ran ran) {
    assertThat(ran.exitCode()).as("%s", ran).isEqualTo(Ran.DONE);
  }
}
