package org.hikae.it.blindness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.hikae.admin.search.MultiPatternSearch;
import org.hikae.admin.search.SecretEncodings;
import org.hikae.it.agent.AgentDevice;
import org.hikae.it.agent.AgentResult;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;

/**
 * The whole life of a backup on one system, and the search of all that the company holds after it.
 */
final class BackupLifeScenario {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path temp;
  private final String password = "sora-no-kumo-" + random();
  private final String name = "canary-name-" + random();
  private final String content = "canary-content-" + random();
  private final String marker = "planted-" + random();

  /**
   * A life.
   *
   * @param temp an empty folder for the devices and for what is searched
   */
  BackupLifeScenario(Path temp) {
    this.temp = temp;
  }

  /** Lives it, searches, and says what was found that must not be, or was not and must be. */
  void searched(StackDatabase.Kind kind) throws Exception {
    Stack stack = Stack.on(kind);
    TestAccount testAccount = TestCompany.on(kind).employee();
    // The portal rightly knows what a device is called: that is what the search must find.
    AgentDevice first = new AgentDevice(stack, temp.resolve(marker)).here();
    first.login(testAccount);
    String digits = first.optIn("both", password);
    Path tree = canaries();
    AgentResult backup = first.run("backup", "--json", tree.toString());
    assertThat(backup.exitCode()).as("%s", backup).isEqualTo(AgentResult.DONE);
    restoreElsewhere(stack, testAccount, tree, digits);

    JsonNode secrets = JSON.readTree(first.home().resolve("secrets.json").toFile());
    String setId = secrets.at("/set/setId").asText();
    MultiPatternSearch multiPatternSearch =
        new MultiPatternSearch(patterns(secrets, digits, setId, testAccount));
    plantLines(stack);
    // The portal is asked once more, so that what it says lies in its memory.
    assertThat(first.run("devices", "--json").out()).contains(marker);
    SystemDump.search(stack, setId, temp, multiPatternSearch);

    assertThat(multiPatternSearch.searchedBytes()).isGreaterThan(50_000_000);
    assertThat(multiPatternSearch.found())
        .contains(
            "planted in database files",
            "planted in database tables",
            "planted in portal memory",
            "planted in portal log",
            "planted in vault log",
            "planted in Keycloak log",
            "set in vault memory",
            "set in vault store",
            "person in Keycloak data");
    assertThat(multiPatternSearch.found()).noneMatch(found -> found.startsWith("SECRET"));
  }

  private void restoreElsewhere(Stack stack, TestAccount testAccount, Path tree, String digits)
      throws IOException, InterruptedException {
    AgentDevice second = new AgentDevice(stack, temp.resolve("second")).here();
    second.login(testAccount);
    String[] restore = {
      "restore", "--json", "--path", tree.toString(), "--target", temp.resolve("back").toString()
    };
    AgentResult wrong = second.withPassword("not-" + password, restore);
    assertThat(wrong.exitCode()).as("%s", wrong).isEqualTo(AgentResult.LOCKED);
    AgentResult right = second.withPassword(password, restore);
    assertThat(right.exitCode()).as("%s", right).isEqualTo(AgentResult.DONE);
    assertThat(temp.resolve("back").resolve(name)).content().contains(content);
    AgentDevice third = new AgentDevice(stack, temp.resolve("third")).here();
    third.login(testAccount);
    restore[5] = temp.resolve("back-by-digits").toString();
    AgentResult byDigits = third.withDigits(digits, restore);
    assertThat(byDigits.exitCode()).as("%s", byDigits).isEqualTo(AgentResult.DONE);
  }

  private Path canaries() throws IOException {
    Path tree = Files.createDirectories(temp.resolve("tree-" + name));
    Files.writeString(tree.resolve(name), content);
    Files.writeString(tree.resolve("large"), (content + "\n").repeat(100_000));
    Files.createDirectory(tree.resolve("directory-" + name));
    Files.createSymbolicLink(tree.resolve("link"), Path.of("to-" + name));
    return tree;
  }

  private SecretEncodings patterns(
      JsonNode secrets, String digits, String setId, TestAccount testAccount) {
    Base64.Decoder base64 = Base64.getUrlDecoder();
    SecretEncodings secretEncodings = new SecretEncodings();
    secretEncodings.text("planted", marker);
    secretEncodings.text("person", testAccount.username());
    secretEncodings.binary("set", HexFormat.of().parseHex(setId));
    secretEncodings.text("SECRET file name", name);
    secretEncodings.text("SECRET content", content);
    secretEncodings.text("SECRET password", password);
    secretEncodings.binary("SECRET K", base64.decode(secrets.at("/set/key").asText()));
    secretEncodings.binary(
        "SECRET device key", base64.decode(secrets.at("/device/privateKey").asText()));
    secretEncodings.text("SECRET 64-digit key", digits.replaceAll("\\D", ""));
    digits
        .lines()
        .forEach(
            row -> {
              secretEncodings.text("SECRET row as shown", row.strip());
              secretEncodings.text("SECRET row", row.replaceAll("\\D", ""));
            });
    return secretEncodings;
  }

  private void plantLines(Stack stack) throws IOException {
    for (Path log : new Path[] {stack.portalLog(), stack.vault().log(), stack.keycloak().log()}) {
      Files.writeString(log, marker + "\n", StandardOpenOption.APPEND);
    }
  }

  private static String random() {
    return UUID.randomUUID().toString();
  }
}
