package org.hikae.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What opens a backup is added, replaced and dropped by the agent that ships, at the real portal
 * and vault. Time budget: 90 seconds beside the system's start.
 */
@FullRunOnly
class KeyProtectionIT {

  private static final String PASSWORD = "tsubame-ga-tonde-iku-3";
  private static final String OTHER = "kawasemi-no-ao-wa-fukai-8";

  @TempDir private Path temp;

  @Test
  void protections_come_and_go_and_one_always_opens() throws Exception {
    TestAccount testAccount = TestCompany.on(StackDatabase.Kind.H2).employee();
    AgentDevice first = signedIn(testAccount, "first");
    first.optIn("password", PASSWORD);

    AgentDevice.ShownDigitKey old = first.makesDigits("keys", "add", "digits", "--json");
    assertDone(old.ran());
    AgentDevice.ShownDigitKey fresh = first.makesDigits("keys", "new-digits", "--json");
    assertDone(fresh.ran());
    assertThat(methods(first)).containsExactly("PASSWORD_VAULT", "DIGIT_KEY");
    assertThat(opens("second", testAccount, "--digit-key-fd", old.digits()))
        .isEqualTo(AgentResult.LOCKED);
    assertThat(opens("third", testAccount, "--digit-key-fd", fresh.digits()))
        .isEqualTo(AgentResult.DONE);
    Path sheet = temp.resolve("sheet.pdf");
    assertDone(first.with("--digit-key-fd", fresh.digits(), "sheet", sheet.toString()));
    assertThat(sheet).isNotEmptyFile();

    assertDone(first.withBoth(fresh.digits(), PASSWORD, "keys", "drop", "password", "--json"));
    assertThat(methods(first)).containsExactly("DIGIT_KEY");
    AgentResult last = first.with("--password-fd", PASSWORD, "keys", "drop", "digits", "--json");
    assertThat(last.exitCode()).as("%s", last).isEqualTo(AgentResult.LOCKED);
    assertDone(first.with("--new-password-fd", OTHER, "keys", "add", "password", "--json"));
    assertDone(first.with("--password-fd", OTHER, "keys", "drop", "digits", "--json"));
    assertThat(methods(first)).containsExactly("PASSWORD_VAULT");
    assertThat(opens("fourth", testAccount, "--password-fd", OTHER)).isEqualTo(AgentResult.DONE);
  }

  @Test
  void a_device_without_the_key_calls_off_with_the_password() throws Exception {
    TestAccount testAccount = TestCompany.on(StackDatabase.Kind.H2).employee();
    AgentDevice first = signedIn(testAccount, "owner");
    first.optIn("password", PASSWORD);
    assertDone(first.run("forget", "--without-password", "--yes", "--json"));
    AgentDevice second = signedIn(testAccount, "other");

    AgentResult vetoed = second.with("--password-fd", PASSWORD, "veto", "--json");

    assertDone(vetoed);
    assertThat(vetoed.event("order").path("done").asBoolean()).isTrue();
    JsonNode status = second.run("status", "--json").event("status");
    assertThat(status.path("announced").asText()).isEqualTo("NONE");
    assertThat(status.path("unlocked").asBoolean()).isFalse();
    assertDone(first.run("receipts", "verify", "--json"));
  }

  @Test
  void hk1_k_14_a_rotated_backup_opens_with_the_new_password_alone() throws Exception {
    TestAccount testAccount = TestCompany.on(StackDatabase.Kind.H2).employee();
    AgentDevice first = signedIn(testAccount, "rotates");
    first.optIn("password", PASSWORD);
    Path tree = Files.createDirectories(temp.resolve("tree"));
    Path letter = Files.writeString(tree.resolve("letter.txt"), "before");
    String before = backsUp(first, tree);

    AgentResult rotated = first.withNewPassword(PASSWORD, OTHER, "keys", "rotate", "--json");
    assertDone(rotated);
    assertThat(rotated.event("rotate").path("generation").asInt()).isEqualTo(2);
    Files.writeString(letter, "afterwards");
    String after = backsUp(first, tree);
    assertDone(first.run("receipts", "verify", "--json"));

    assertThat(opens("with-the-old", testAccount, "--password-fd", PASSWORD))
        .isEqualTo(AgentResult.LOCKED);
    AgentDevice second = signedIn(testAccount, "restores");
    assertThat(restored(second, tree, before)).hasContent("before");
    assertThat(restored(second, tree, after)).hasContent("afterwards");
    assertThat(methods(first)).containsExactlyInAnyOrder("CHAIN", "PASSWORD_VAULT");
  }

  private static String backsUp(AgentDevice agent, Path tree) throws Exception {
    AgentResult backup = agent.run("backup", tree.toString(), "--json");
    assertDone(backup);
    // Only the owner key that the vault obeys can have it witness a snapshot.
    assertThat(backup.event("witness").path("sequence").asInt()).isPositive();
    return backup.event("backup").path("snapshotId").asText();
  }

  private Path restored(AgentDevice agent, Path tree, String snapshot) throws Exception {
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

  private AgentDevice signedIn(TestAccount testAccount, String name)
      throws IOException, InterruptedException {
    AgentDevice agent =
        new AgentDevice(TestCompany.on(StackDatabase.Kind.H2).stack(), temp.resolve(name)).here();
    agent.login(testAccount);
    return agent;
  }

  /** How a device without the key ends that tries this secret. */
  private int opens(String name, TestAccount testAccount, String option, String secret)
      throws IOException, InterruptedException {
    return signedIn(testAccount, name).with(option, secret, "optin", "--json").exitCode();
  }

  private static List<String> methods(AgentDevice agent) throws IOException, InterruptedException {
    return agent.run("keys", "--json").events().stream()
        .filter(event -> event.path("event").asText().equals("wrap"))
        .map(event -> event.path("method").asText())
        .toList();
  }

  private static void assertDone(AgentResult agentResult) {
    assertThat(agentResult.exitCode()).as("%s", agentResult).isEqualTo(AgentResult.DONE);
  }
}
