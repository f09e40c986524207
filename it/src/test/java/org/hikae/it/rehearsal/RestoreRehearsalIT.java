package org.hikae.it.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hikae.it.TestStory;
import org.hikae.it.agent.AgentDevice;
import org.hikae.it.agent.AgentResult;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.BuildOutput;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both databases are damaged and restored to a time, step by step with the commands of
 * docs/admin/backup-restore.md, "Restore": base backups and the archived log, two people who reopen
 * the vault, and the employee's device, which notices, is told why, backs up again and restores
 * equal (HK1-S-07, HK1-V-16). Each test is a step and needs the one before. Time budget: 150
 * seconds, most of it one more portal that starts twice.
 */
@FullRunOnly
@TestStory
@Order(1) // takes minutes
class RestoreRehearsalIT {

  private static final String PASSWORD = "tsubame-ga-kaette-kuru-5";
  private static final Path DB = AdminShell.shipped("admin", "hikae-db");
  private static final Path VAULT = AdminShell.shipped("vault", "hikae-vault");

  @TempDir private static Path temp;

  private static ArchivingPostgres portal;
  private static ArchivingPostgres vault;
  private static Stack stack;
  private static AgentDevice device;
  private static TestAccount testAccount;
  private static String digits;
  private static Path tree;
  private static String time;

  @BeforeAll
  static void a_company_on_two_servers_that_archive() throws Exception {
    Path fresh = BuildOutput.root().resolve("it/target/rehearsal");
    AdminShell.run(Map.of(), "rm", "-rf", fresh).done();
    Files.createDirectories(fresh);
    portal = ArchivingPostgres.make(fresh.resolve("portal"));
    vault = ArchivingPostgres.make(fresh.resolve("vault"));
    StackDatabase database;
    try (Connection administrator = portal.administrator("postgres")) {
      database = StackDatabase.onServer(portal.data(), portal.port(), administrator);
    }
    vault.execute("postgres", "create role hikae_vault login password 'vault-of-the-test'");
    vault.execute("postgres", "create database vault owner hikae_vault");
    Path password = fresh.resolve("vault-password");
    Files.writeString(password, "vault-of-the-test");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    stack =
        Stack.beside(
            "rehearsal",
            database,
            Map.of(
                "HIKAE_VAULT_DB_URL",
                "jdbc:postgresql://127.0.0.1:" + vault.port() + "/vault",
                "HIKAE_VAULT_DB_USER",
                "hikae_vault",
                "HIKAE_VAULT_DB_PASSWORD_FILE",
                password.toString()));
    testAccount = TestCompany.of(stack).employee();
    device = agent("device");
    digits = device.optIn("both", PASSWORD);
    tree = Files.createDirectories(temp.resolve("tree"));
  }

  @AfterAll
  static void end() throws Exception {
    if (stack != null) {
      stack.stopPortal();
      stack.vault().stop();
    }
    for (ArchivingPostgres archivingPostgres : new ArchivingPostgres[] {portal, vault}) {
      if (archivingPostgres != null) {
        archivingPostgres.end();
      }
    }
  }

  @Test
  @Order(1)
  void every_command_of_this_rehearsal_stands_in_the_guide() throws IOException {
    Path docs = BuildOutput.root().resolve("docs");
    String guide =
        Files.readString(docs.resolve("admin/backup-restore.md"))
            + Files.readString(docs.resolve("admin/files.md"))
            + Files.readString(docs.resolve("install-guide.md"));
    assertThat(guide)
        .contains(
            "hikae-db archive \"%p\" \"%f\"",
            "hikae-db base ",
            "hikae-db restore ",
            "select pg_is_in_recovery()",
            "hikae-vault status --config",
            "hikae-vault reopen --config",
            "hikae-vault sign --keeper",
            "hikae snapshots --accept-restored-server",
            "tar --exclude ./incoming -C ",
            "tar --skip-old-files -C ");
  }

  @Test
  @Order(2)
  void base_backups_are_made_while_everything_runs() throws Exception {
    backsUp("first", 1);
    for (ArchivingPostgres archivingPostgres : new ArchivingPostgres[] {vault, portal}) {
      String name =
          archivingPostgres.asServer(DB, "base", archivingPostgres.archive()).done().strip();
      assertThat(name).matches("[0-9]{8}T[0-9]{6}Z");
      assertThat(archivingPostgres.asServer(DB, "list", archivingPostgres.archive()).done())
          .contains(name);
    }
    backsUp("second", 2);
    // Base backups are named by the second.
    Thread.sleep(1100);
    time = portal.ask("hikae", "select clock_timestamp()");
    if (stack.db().files().isPresent()) {
      copy(stack.db().files().get(), temp.resolve("files"));
    }
  }

  /** Files that a copy has already are left alone. */
  private static void copy(Path from, Path to) throws IOException, InterruptedException {
    Files.createDirectories(to);
    AdminShell.run(
            Map.of(),
            "bash",
            "-o",
            "pipefail",
            "-c",
            "tar --exclude ./incoming -C \"$0\" -cf - . | tar --skip-old-files -C \"$1\" -xpf -",
            from,
            to)
        .done();
  }

  @Test
  @Order(3)
  void what_comes_after_the_time_is_lost_and_the_damage_is_done() throws Exception {
    backsUp("third", 3);
    AgentDevice stranger = agent("stranger");
    AgentResult wrong = stranger.withPassword("not-the-password-at-all", restoring("nothing"));
    assertThat(wrong.exitCode()).as("%s", wrong).isEqualTo(AgentResult.LOCKED);
    portal.execute("hikae", "drop table ciphertext_page");
    vault.execute("vault", "drop owned by hikae_vault");
    stack.stopPortal();
    stack.vault().stop();
    if (stack.db().files().isPresent()) {
      loseFilesOf(temp.resolve("files/objects"), stack.db().files().get().resolve("objects"));
    }
  }

  /** All files that a copy has are lost; those of the third backup are there, without a row. */
  private static void loseFilesOf(Path copy, Path objects) throws IOException {
    List<Path> lost;
    try (Stream<Path> all = Files.walk(copy)) {
      lost = all.filter(Files::isRegularFile).map(copy::relativize).toList();
    }
    assertThat(lost).isNotEmpty();
    for (Path each : lost) {
      Files.delete(objects.resolve(each));
    }
    try (Stream<Path> all = Files.walk(objects)) {
      assertThat(all.filter(Files::isRegularFile)).isNotEmpty();
    }
  }

  @Test
  @Order(4)
  void both_servers_are_laid_back_to_the_time() throws Exception {
    for (ArchivingPostgres archivingPostgres : new ArchivingPostgres[] {portal, vault}) {
      archivingPostgres.stop();
      AdminShell.Ended refused =
          archivingPostgres.asServer(
              DB, "restore", archivingPostgres.archive(), archivingPostgres.data(), time);
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.said()).contains("is not empty");
      Files.move(archivingPostgres.data(), archivingPostgres.data().resolveSibling("damaged"));
      assertThat(
              archivingPostgres
                  .asServer(
                      DB,
                      "restore",
                      archivingPostgres.archive(),
                      archivingPostgres.data(),
                      "2001-01-01")
                  .said())
          .contains("no base backup");
      archivingPostgres
          .asServer(DB, "restore", archivingPostgres.archive(), archivingPostgres.data(), time)
          .done();
      archivingPostgres.start();
      archivingPostgres.awaitRestored();
    }
    assertThat(portal.ask("hikae", "select max(sequence) from snapshot")).isEqualTo("2");
    if (stack.db().files().isPresent()) {
      copy(temp.resolve("files"), stack.db().files().get());
    }
  }

  @Test
  @Order(5)
  void the_vault_closes_itself_until_two_people_reopen_it() throws Exception {
    stack.vault().startAgain();
    Path config = stack.vault().configuration();
    AdminShell.Ended closed = AdminShell.run(Map.of(), VAULT, "status", "--config", config);
    assertThat(closed.exitCode()).as(closed.said()).isEqualTo(7);
    assertThat(closed.said()).contains("serving: no", "closed itself");

    String statement =
        AdminShell.run(Map.of(), VAULT, "reopen", "--config", config).after("statement: ");
    String[] signatures = new String[2];
    for (int custodian = 1; custodian <= 2; custodian++) {
      AdminShell.Ended signed =
          AdminShell.run(
              Map.of(),
              VAULT,
              "sign",
              "--keeper",
              stack.vault().custodian(custodian),
              "--statement",
              statement);
      assertThat(signed.done()).contains("Every record keeps one attempt at most");
      signatures[custodian - 1] = signed.said().lines().reduce((first, last) -> last).orElseThrow();
    }
    AdminShell.run(
            Map.of(),
            VAULT,
            "reopen",
            "--config",
            config,
            "--first",
            signatures[0],
            "--second",
            signatures[1])
        .done();
    assertThat(AdminShell.run(Map.of(), VAULT, "status", "--config", config).done())
        .contains("serving: yes");
  }

  @Test
  @Order(6)
  void the_device_notices_and_goes_back_only_when_a_person_says_so() throws Exception {
    stack.startPortal();
    Files.writeString(tree.resolve("fourth"), "after the restore");
    AgentResult refused = device.run("backup", "--json", tree.toString());
    assertThat(refused.exitCode()).as("%s", refused).isEqualTo(AgentResult.CORRUPT);
    assertThat(refused.event("error").path("message").asText())
        .contains("number 2", "number 3", "--accept-restored-server");
    AgentResult alarmed = device.run("snapshots", "--json");
    assertThat(alarmed.exitCode()).as("%s", alarmed).isEqualTo(AgentResult.CORRUPT);
    assertThat(alarmed.event("alarm").path("fault").asText()).isEqualTo("REGRESS");

    AgentResult accepted = device.run("snapshots", "--accept-restored-server", "--json");
    assertThat(accepted.exitCode()).as("%s", accepted).isEqualTo(AgentResult.DONE);
    assertThat(accepted.event("accepted").path("seenSequence").asLong()).isEqualTo(3);
  }

  @Test
  @Order(7)
  void the_next_backup_heals_what_was_lost_and_a_new_device_restores_it_equal() throws Exception {
    AgentResult backup = device.run("backup", "--json", tree.toString());
    assertThat(backup.exitCode()).as("%s", backup).isEqualTo(AgentResult.DONE);
    assertThat(backup.event("backup").path("sequence").asLong()).isEqualTo(3);
    assertThat(backup.event("witness").path("sequence").asLong()).as("%s", backup).isEqualTo(3);
    assertThat(device.run("verify", "--json").exitCode()).isEqualTo(AgentResult.DONE);

    // One attempt is left in each record, and it has to wait; the paper opens at once.
    AgentDevice fresh = agent("fresh");
    AgentResult early = fresh.withPassword(PASSWORD, restoring("restored"));
    assertThat(early.event("error").path("code").asText()).isEqualTo("vault.refused.WAIT");
    assertThat(early.event("error").path("message").asText())
        .contains("3 days", "attempts left: 1", "not counted");
    AgentResult restored = fresh.withDigits(digits, restoring("restored"));
    assertThat(restored.exitCode()).as("%s", restored).isEqualTo(AgentResult.DONE);
    AdminShell.run(
            Map.of(), "bash", BuildOutput.script("compare-trees"), tree, temp.resolve("restored"))
        .done();
  }

  @Test
  @Order(8)
  void administrators_were_told_once_that_the_ledger_is_an_older_copy() throws Exception {
    JsonNode told =
        TestCompany.of(stack).admin().get("/v1/admin/notices?kind=ledger.regress").json();
    assertThat(told.path("notices")).as("%s", told).hasSize(1);
    assertThat(told.at("/notices/0/severity").asText()).isEqualTo("CRITICAL");
  }

  private static AgentDevice agent(String name) throws IOException, InterruptedException {
    AgentDevice agent = new AgentDevice(stack, temp.resolve("agents").resolve(name)).here();
    agent.login(testAccount);
    return agent;
  }

  private static String[] restoring(String target) {
    return new String[] {
      "restore", "--json", "--path", tree.toString(), "--target", temp.resolve(target).toString()
    };
  }

  /** A new file of random bytes, so that each snapshot has packs of its own. */
  private static void backsUp(String name, long sequence) throws IOException, InterruptedException {
    AdminShell.run(
            Map.of(), "bash", "-c", "head -c 3000000 /dev/urandom > \"$0\"", tree.resolve(name))
        .done();
    AgentResult backup = device.run("backup", "--json", tree.toString());
    assertThat(backup.exitCode()).as("%s", backup).isEqualTo(AgentResult.DONE);
    assertThat(backup.event("backup").path("sequence").asLong()).isEqualTo(sequence);
  }
}
