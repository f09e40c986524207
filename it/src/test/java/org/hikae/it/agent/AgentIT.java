package org.hikae.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.EachDatabase;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.BuildOutput;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.hikae.testing.VerifierProgram;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * The main job by the agent that ships: opted in on one device, backed up, restored on another with
 * an empty home by the password alone and by the 64-digit key alone. On PostgreSQL each command is
 * a process of the program that ships; the same on H2 runs here, which saves its starts. Time
 * budget: 120 seconds for both databases beside the systems' start.
 */
@Order(1) // takes minutes
@EveryThirdRun
class AgentIT {

  private static final String PASSWORD = "tsubame-ga-tonde-iku-3";
  private static final Map<StackDatabase.Kind, ProtectedEmployee> PROTECTED_EMPLOYEES =
      new EnumMap<>(StackDatabase.Kind.class);

  @TempDir private static Path temp;

  /**
   * An employee with a first device, both protections, and a snapshot of the tree of edge cases.
   */
  private record ProtectedEmployee(
      TestAccount person, AgentDevice first, String digits, Path tree, AgentResult backup) {}

  /** What changed in the two seconds before a run is read again by the next one, to be safe. */
  private static final Duration SETTLED = Duration.ofSeconds(3);

  @ParameterizedTest
  @EachDatabase
  void a_nasty_tree_is_backed_up_whole(StackDatabase.Kind kind) throws Exception {
    ProtectedEmployee protectedEmployee = protectedEmployee(kind);
    AgentResult backup = protectedEmployee.backup();
    assertThat(backup.exitCode()).as("%s", backup).isEqualTo(AgentResult.DONE);
    JsonNode event = backup.event("backup");
    assertThat(event.path("result").asText()).isEqualTo("SUCCESS");
    assertThat(event.path("failed").asLong()).isZero();
    assertThat(event.path("bytesSent").asLong()).isGreaterThan(AgentEdgeCaseTree.LARGE_BYTES);
    assertThat(backup.event("log").path("state").asText())
        .as("the log of a real portal, with the card of a real vault")
        .isIn("FIRST", "FITS");
    AgentResult told = protectedEmployee.first().run("report", "--yes", "--json");
    assertThat(told.exitCode()).as("%s", told).isEqualTo(AgentResult.DONE);
    assertThat(told.event("diagnosticsSent").path("keptUntil").asText()).isNotEmpty();
    assertThat(protectedEmployee.first().run("snapshots", "--json").events()).isNotEmpty();
    AgentResult listed = protectedEmployee.first().run("ls", "--json");
    assertThat(listed.exitCode()).isEqualTo(AgentResult.DONE);
    assertThat(listed.events()).hasSizeGreaterThan(15);
  }

  @ParameterizedTest
  @EachDatabase(everyThirdRun = true)
  void an_empty_device_restores_with_nothing_but_the_password(StackDatabase.Kind kind)
      throws Exception {
    ProtectedEmployee protectedEmployee = protectedEmployee(kind);
    AgentDevice second = restoring(kind, protectedEmployee, "second");
    Path target = temp.resolve(kind + "-by-password");
    AgentResult restored = second.withPassword(PASSWORD, restore(protectedEmployee, target));
    assertThat(restored.exitCode()).as("%s", restored).isEqualTo(AgentResult.DONE);
    AgentEdgeCaseTree.assertEqual(protectedEmployee.tree(), target);
  }

  @ParameterizedTest
  @EachDatabase
  void an_empty_device_restores_with_nothing_but_the_64_digit_key(StackDatabase.Kind kind)
      throws Exception {
    ProtectedEmployee protectedEmployee = protectedEmployee(kind);
    AgentDevice third = restoring(kind, protectedEmployee, "third");
    Path target = temp.resolve(kind + "-by-digits");
    String mistyped = mistyped(protectedEmployee.digits());
    AgentResult refused = third.withDigits(mistyped, restore(protectedEmployee, target));
    assertThat(refused.exitCode()).as("%s", refused).isEqualTo(AgentResult.REFUSED);
    assertThat(refused.event("error").path("message").asText()).contains("Row 3");
    AgentResult restored =
        third.withDigits(protectedEmployee.digits(), restore(protectedEmployee, target));
    assertThat(restored.exitCode()).as("%s", restored).isEqualTo(AgentResult.DONE);
    AgentEdgeCaseTree.assertEqual(protectedEmployee.tree(), target);
  }

  /**
   * What everybody restores from when company and makers are gone: no portal, no vault, and none of
   * the product's code take part (HK1-B-01). IT makes the same bundle of the database alone.
   */
  @Test
  void a_bundle_restores_without_portal_vault_and_product() throws Exception {
    StackDatabase.Kind kind = StackDatabase.Kind.POSTGRESQL;
    ProtectedEmployee protectedEmployee = protectedEmployee(kind);
    Path tree = protectedEmployee.tree();
    Path bundle = temp.resolve("bundle");
    AgentResult copied = protectedEmployee.first().run("bundle", "--json", bundle.toString());
    assertThat(copied.exitCode()).as("%s", copied).isEqualTo(AgentResult.DONE);
    assertThat(copied.event("bundle").path("damaged").asLong(-1)).isZero();
    Path digits = Files.writeString(temp.resolve("digits"), protectedEmployee.digits());
    String snapshot = protectedEmployee.backup().event("backup").path("snapshotId").asText();
    String[] secrets = {
      "--snapshot",
      snapshot,
      "--digits-file",
      digits.toString(),
      "--vault-root",
      TestCompany.on(kind).stack().vault().rootFingerprint()
    };
    Path target = temp.resolve("by-verifier");
    VerifierProgram.Ending restored = restoredByVerifier(bundle, target, secrets);
    assertThat(restored.exit()).as(restored.said()).isZero();
    AgentEdgeCaseTree.assertEqual(tree, target.resolve(tree.toString().substring(1)));

    Path ofDatabase = temp.resolve("bundle-of-database");
    assertThat(bundledByAdmin(kind, protectedEmployee.person(), bundle, ofDatabase)).isZero();
    for (String part : new String[] {"objects", "lists"}) {
      AgentEdgeCaseTree.assertSameContents(bundle.resolve(part), ofDatabase.resolve(part));
    }
    Path largest = AgentEdgeCaseTree.largest(ofDatabase.resolve("objects"));
    byte[] bytes = Files.readAllBytes(largest);
    bytes[bytes.length / 2] ^= 1;
    Files.write(largest, bytes);
    VerifierProgram.Ending refused =
        restoredByVerifier(
            ofDatabase, temp.resolve("of-database"), with("--accept-unwitnessed", secrets));
    assertThat(refused.exit()).as(refused.said()).isEqualTo(AgentResult.CORRUPT);
    assertThat(bundledByAdmin(kind, protectedEmployee.person(), bundle, ofDatabase)).isZero();
    VerifierProgram.Ending whole =
        restoredByVerifier(
            ofDatabase, temp.resolve("of-database-again"), with("--accept-unwitnessed", secrets));
    assertThat(whole.exit()).as(whole.said()).isZero();
  }

  private static String[] with(String option, String... others) {
    String[] all = Arrays.copyOf(others, others.length + 1);
    all[others.length] = option;
    return all;
  }

  private static VerifierProgram.Ending restoredByVerifier(
      Path bundle, Path target, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("restore", bundle.toString(), target.toString()));
    all.addAll(List.of(options));
    return VerifierProgram.run(temp, all.toArray(new String[0]));
  }

  /** Makes a bundle beside the portal, with the card that the agent has found to be the vault's. */
  private static int bundledByAdmin(
      StackDatabase.Kind kind, TestAccount person, Path ofAgent, Path target) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            BuildOutput.root().resolve("admin/target/hikae-admin/bin/hikae-admin").toString(),
            "bundle",
            "--employee",
            person.id(),
            "--card",
            ofAgent.resolve("vault/card").toString(),
            target.toString());
    builder.environment().putAll(TestCompany.on(kind).stack().portalSettings());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.inheritIO().start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  @FullRunOnly
  @Test
  void a_second_backup_sends_little_and_an_unreadable_file_is_named() throws Exception {
    ProtectedEmployee protectedEmployee = protectedEmployee(StackDatabase.Kind.POSTGRESQL);
    Path tree = temp.resolve("grown");
    Process copying =
        new ProcessBuilder("cp", "-a", protectedEmployee.tree().toString(), tree.toString())
            .inheritIO()
            .start();
    assertThat(copying.waitFor()).isZero();
    Thread.sleep(SETTLED);
    AgentResult moved = protectedEmployee.first().run("backup", "--json", tree.toString());
    assertThat(moved.exitCode()).as("%s", moved).isEqualTo(AgentResult.DONE);
    // Every byte is known already; only the list of files is new.
    assertThat(moved.event("backup").path("bytesSent").asLong()).isLessThan(1_000_000);

    Files.writeString(tree.resolve("new-file"), "new");
    Files.writeString(tree.resolve("secret-file"), "closed");
    assertThat(tree.resolve("secret-file").toFile().setReadable(false, false)).isTrue();
    AgentResult again =
        protectedEmployee.first().runWithoutPrivileges("backup", "--json", tree.toString());
    assertThat(again.exitCode()).as("%s", again).isEqualTo(AgentResult.PARTIAL);
    JsonNode event = again.event("backup");
    assertThat(event.path("failed").asLong()).isEqualTo(1);
    assertThat(event.path("unchanged").asLong()).isGreaterThan(10);
    assertThat(event.path("bytesSent").asLong()).isLessThan(1_000_000);
    assertThat(again.out() + again.err()).contains("secret-file");
  }

  @FullRunOnly
  @Test
  void one_protection_alone_opens_the_backup_too() throws Exception {
    StackDatabase.Kind kind = StackDatabase.Kind.POSTGRESQL;
    for (String protect : new String[] {"password", "digit-key"}) {
      TestAccount testAccount = TestCompany.on(kind).employee();
      AgentDevice first = signedIn(kind, testAccount, protect + "-1");
      String digits = first.optIn(protect, PASSWORD);
      Path source = Files.createDirectories(temp.resolve(kind + "-" + protect));
      Files.writeString(source.resolve("file"), "small");
      assertThat(first.run("backup", "--json", source.toString()).exitCode())
          .isEqualTo(AgentResult.DONE);
      AgentDevice second = signedIn(kind, testAccount, protect + "-2");
      Path target = temp.resolve(kind + "-" + protect + "-restored");
      String[] restore = {
        "restore", "--json", "--path", source.toString(), "--target", target.toString()
      };
      if (digits.isEmpty()) {
        AgentResult none = second.withDigits("0".repeat(64), restore);
        assertThat(none.exitCode()).as("%s", none).isIn(AgentResult.REFUSED, AgentResult.LOCKED);
      } else {
        // Key only leaves no vault record, so there is nothing that anyone could guess.
        AgentResult none = second.withPassword(PASSWORD, restore);
        assertThat(none.exitCode()).as("%s", none).isEqualTo(AgentResult.LOCKED);
      }
      AgentResult restored =
          digits.isEmpty()
              ? second.withPassword(PASSWORD, restore)
              : second.withDigits(digits, restore);
      assertThat(restored.exitCode()).as("%s", restored).isEqualTo(AgentResult.DONE);
      assertThat(target.resolve("file")).hasContent("small");
    }
  }

  private static ProtectedEmployee protectedEmployee(StackDatabase.Kind kind)
      throws IOException, InterruptedException {
    ProtectedEmployee known = PROTECTED_EMPLOYEES.get(kind);
    if (known == null) {
      TestAccount testAccount = TestCompany.on(kind).employee();
      AgentDevice first = agent(kind, "first");
      if (kind == StackDatabase.Kind.H2) {
        first.here();
      }
      first.login(testAccount);
      String digits = first.optIn("both", PASSWORD);
      Path tree = temp.resolve(kind + "-tree");
      AgentEdgeCaseTree.make(tree);
      AgentResult backup = first.run("backup", "--json", tree.toString());
      known = new ProtectedEmployee(testAccount, first, digits, tree, backup);
      PROTECTED_EMPLOYEES.put(kind, known);
    }
    return known;
  }

  private static AgentDevice agent(StackDatabase.Kind kind, String name)
      throws IOException, InterruptedException {
    return new AgentDevice(
        TestCompany.on(kind).stack(), temp.resolve("agents-" + kind + "/" + name));
  }

  /** What the first device does is done by the program; more sign-ins need not be. */
  private static AgentDevice signedIn(StackDatabase.Kind kind, TestAccount testAccount, String name)
      throws IOException, InterruptedException {
    AgentDevice agent = agent(kind, name).here();
    agent.login(testAccount);
    return agent;
  }

  private static AgentDevice restoring(
      StackDatabase.Kind kind, ProtectedEmployee protectedEmployee, String name)
      throws IOException, InterruptedException {
    AgentDevice agent = signedIn(kind, protectedEmployee.person(), name);
    return kind == StackDatabase.Kind.H2 ? agent : agent.asProcess();
  }

  private static String[] restore(ProtectedEmployee protectedEmployee, Path target) {
    return new String[] {
      "restore",
      protectedEmployee.backup().event("backup").path("snapshotId").asText(),
      "--json",
      "--path",
      protectedEmployee.tree().toString(),
      "--target",
      target.toString()
    };
  }

  /** Changes the last digit of the third row. */
  private static String mistyped(String digits) {
    String[] rows = digits.split("\n", -1);
    String row = rows[2].stripTrailing();
    char last = row.charAt(row.length() - 1);
    rows[2] = row.substring(0, row.length() - 1) + (last == '9' ? '0' : (char) (last + 1));
    return String.join("\n", rows);
  }
}
