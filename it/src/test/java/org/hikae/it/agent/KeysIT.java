package org.hikae.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hikae.it.caller.Company;
import org.hikae.it.caller.Person;
import org.hikae.it.stack.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What opens a backup is added, replaced and dropped by the agent that ships, at the real portal
 * and vault. Time budget: 120 seconds beside the system's start.
 */
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

  private Agent signedIn(Person person, String name) throws IOException, InterruptedException {
    Agent agent = new Agent(Company.on(Database.Kind.H2).stack(), temp.resolve(name));
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
