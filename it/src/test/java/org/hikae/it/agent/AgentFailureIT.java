package org.hikae.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the agent says and does when something is wrong: a wrong password, a device that was
 * revoked, an offer that has not come. Time budget: 60 seconds beside the systems' start.
 */
@FullRunOnly
class AgentFailureIT {

  private static final String PASSWORD = "kaze-no-naka-no-tori-7";
  private static final String WRONG = "kaze-no-naka-no-tori-8";
  private static final int ATTEMPTS = 10;
  private static final int WITHOUT_WAITING = 3;
  private static final int FILE_BYTES = 2_000_000;

  @TempDir private Path temp;

  @Test
  void wrong_passwords_have_to_wait_and_the_64_digit_key_still_opens() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    TestAccount testAccount = company.employee();
    AgentDevice first = signedIn(StackDatabase.Kind.H2, testAccount, "first");
    String digits = first.optIn("both", PASSWORD);
    Path source = sourceWith("file");
    assertThat(first.run("backup", "--json", source.toString()).exitCode())
        .isEqualTo(AgentResult.DONE);

    AgentDevice second = signedIn(StackDatabase.Kind.H2, testAccount, "second");
    String[] restore = restore(source, temp.resolve("restored"));
    for (int left = ATTEMPTS - 1; left >= ATTEMPTS - WITHOUT_WAITING; left--) {
      AgentResult wrong = second.withPassword(WRONG, restore);
      assertThat(wrong.exitCode()).as("%s", wrong).isEqualTo(AgentResult.LOCKED);
      assertThat(wrong.event("error").path("code").asText()).isEqualTo("vault.wrong-password");
      assertThat(wrong.event("error").path("message").asText()).contains("left: " + left + ".");
    }
    AgentResult tooEarly = second.withPassword(PASSWORD, restore);
    assertThat(tooEarly.event("error").path("code").asText()).isEqualTo("vault.refused.WAIT");
    AgentResult byDigits = second.withDigits(digits, restore);
    assertThat(byDigits.exitCode()).as("%s", byDigits).isEqualTo(AgentResult.DONE);
    assertThat(temp.resolve("restored/file")).hasSameBinaryContentAs(source.resolve("file"));
    try (Browser browser = Browser.open(Stack.on(StackDatabase.Kind.H2), "en")) {
      browser.signIn(testAccount, "/my/backups");
      browser.waitFor(
          seen -> {
            browser.open("/my/backups");
            // What happened last at the vault is copied last.
            return browser.text().contains("Someone entered a wrong password");
          });
      assertThat(browser.text())
          .contains("opened with the password", "second", "keeps its root key in software");
    }
  }

  @Test
  void a_revoked_device_is_refused_at_once() throws Exception {
    TestAccount testAccount = TestCompany.on(StackDatabase.Kind.POSTGRESQL).employee();
    AgentDevice agent = signedIn(StackDatabase.Kind.POSTGRESQL, testAccount, "revoked");
    agent.optIn("digit-key", PASSWORD);
    Path source = sourceWith("file");
    assertThat(agent.run("backup", "--json", source.toString()).exitCode())
        .isEqualTo(AgentResult.DONE);
    try (Connection connection = Stack.on(StackDatabase.Kind.POSTGRESQL).db().asApplication();
        PreparedStatement update =
            connection.prepareStatement(
                "update device set state = 'REVOKED' where employee_id ="
                    + " (select employee_id from employee where subject = ?)")) {
      update.setString(1, testAccount.id());
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
    AgentResult refused = agent.run("backup", "--json", source.toString());
    assertThat(refused.exitCode()).as("%s", refused).isEqualTo(AgentResult.REFUSED);
    assertThat(refused.event("error").path("code").asText()).isEqualTo("problem.device-revoked");
    assertThat(refused.err()).doesNotContain("Exception");
  }

  @Test
  void an_employee_who_is_not_offered_the_backup_yet_is_told_so() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    // Another suite may have offered the backup to everyone on this system.
    company.admin().send("DELETE", "/v1/admin/rollout/offers/*", null, null);
    AgentDevice agent =
        signedIn(StackDatabase.Kind.POSTGRESQL, company.waitingEmployee(), "waiting");
    AgentResult refused = agent.run("optin", "--yes", "--protect", "digit-key", "--json");
    assertThat(refused.exitCode()).as("%s", refused).isEqualTo(AgentResult.REFUSED);
    assertThat(refused.event("error").path("code").asText()).isEqualTo("problem.not-offered-yet");
  }

  @Test
  void commands_without_a_sign_in_say_what_to_do() throws Exception {
    AgentDevice agent = new AgentDevice(Stack.on(StackDatabase.Kind.H2), temp.resolve("nobody"));
    AgentResult refused = agent.run("backup", "--json", temp.toString());
    assertThat(refused.exitCode()).as("%s", refused).isEqualTo(AgentResult.REFUSED);
    assertThat(refused.event("error").path("message").asText()).contains("hikae login");
    assertThat(agent.run("backup").exitCode())
        .as("folders of the policy")
        .isEqualTo(AgentResult.REFUSED);
    assertThat(agent.run("--help").exitCode()).isEqualTo(AgentResult.DONE);
  }

  private AgentDevice signedIn(StackDatabase.Kind kind, TestAccount testAccount, String name)
      throws IOException, InterruptedException {
    AgentDevice agent =
        new AgentDevice(Stack.on(kind), temp.resolve("agents-" + kind + "/" + name)).here();
    agent.login(testAccount);
    return agent;
  }

  private Path sourceWith(String name) throws IOException {
    Path source = Files.createDirectories(temp.resolve("source"));
    Files.write(source.resolve(name), ApiDevice.random(FILE_BYTES));
    return source;
  }

  private static String[] restore(Path source, Path target) {
    return new String[] {
      "restore", "--json", "--path", source.toString(), "--target", target.toString()
    };
  }
}
