package org.hikae.admin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The command line: help in both languages, wrong use, and an installation that is all down. */
class AdminMainTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void help_is_there_in_both_languages_for_every_option() {
    assertThat(run("en", "doctor", "--help")).isZero();
    assertThat(out.toString()).contains("--keycloak-admin-file", "Exit codes: 0 nothing wrong");
    out.getBuffer().setLength(0);
    assertThat(run("ja", "doctor", "--help")).isZero();
    assertThat(out.toString()).contains("終了コード", "master レルム").doesNotContain("Repeatable");
    assertThat(run("ja", "audit-check", "--help")).isZero();
    assertThat(run("ja", "sbom", "--help")).isZero();
    assertThat(run("ja", "advisories", "--help")).isZero();
    assertThat(run("ja", "bundle", "--help")).isZero();
    assertThat(run("ja", "log-check", "--help")).isZero();
    assertThat(run("ja", "store", "move", "--help")).isZero();
    for (OptionSpec option :
        AdminMain.commandLine("ja")
            .getSubcommands()
            .get("store")
            .getSubcommands()
            .get("move")
            .getCommandSpec()
            .options()) {
      assertThat(String.join("", option.description()))
          .as(option.longestName())
          .matches("(?s).*[ぁ-ん].*");
    }
    for (String command :
        new String[] {
          "doctor",
          "audit-check",
          "sbom",
          "advisories",
          "bundle",
          "log-check",
          "update-key",
          "update-root",
          "update-list",
          "update-timestamp",
          "update-sign",
          "update-check",
          "dossier",
          "canary"
        }) {
      assertThat(run("ja", command, "--help")).isZero();
      for (OptionSpec option :
          AdminMain.commandLine("ja").getSubcommands().get(command).getCommandSpec().options()) {
        assertThat(String.join("", option.description()))
            .as(option.longestName())
            .matches("(?s).*[ぁ-ん].*");
      }
    }
  }

  @Test
  void wrong_use_is_told_apart_from_findings() throws Exception {
    assertThat(run("en")).isEqualTo(AdminMain.USAGE);
    assertThat(run("en", "doctor", "--nonsense")).isEqualTo(AdminMain.USAGE);
    assertThat(run("en", "doctor", "--env-file", "/nowhere")).isEqualTo(AdminMain.USAGE);
    Path open = Files.writeString(folder.resolve("admin"), "admin\npassword\n");
    Files.setPosixFilePermissions(
        open, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(run("en", "doctor", "--keycloak-admin-file", open.toString()))
        .isEqualTo(AdminMain.USAGE);
    assertThat(err.toString()).contains("others can read it").doesNotContain("password\n");
  }

  @Test
  void an_installation_that_is_all_down_gets_a_whole_report() throws Exception {
    Path file = folder.resolve("portal.env");
    Files.writeString(
        file,
        """
        HIKAE_OIDC_PROVIDER_URL=http://127.0.0.1:9/realms/hikae
        HIKAE_PORTAL_URL=https://127.0.0.1:9/
        HIKAE_PORTAL_SECRET=hidden-1
        HIKAE_DIRECTORY_SECRET=hidden-2
        HIKAE_SESSIONS_SECRET=hidden-3
        HIKAE_TLS_KEYSTORE=/nowhere.p12
        HIKAE_TLS_KEYSTORE_PASSWORD=hidden-4
        HIKAE_DB_KIND=PostgreSQL
        HIKAE_DB_URL=jdbc:postgresql://127.0.0.1:9/hikae
        HIKAE_DB_USER=hikae_app
        HIKAE_DB_PASSWORD=hidden-5
        HIKAE_DB_OWNER_USER=hikae_owner
        HIKAE_DB_OWNER_PASSWORD=hidden-6
        HIKAE_VAULT_SOCKET=/nowhere.sock
        """);
    assertThat(run("en", "doctor", "--lang", "en", "--env-file", file.toString())).isEqualTo(2);
    for (String check :
        new String[] {
          "settings", "portal", "certificate", "realm", "account", "database", "vault"
        }) {
      assertThat(out.toString()).containsPattern("PROBLEM +" + check);
    }
    assertThat(out.toString()).doesNotContain("hidden-").doesNotContain("DOCTOR", "defect");
  }

  @Test
  void a_move_is_ordered_by_one_act_in_a_database_that_answers() throws Exception {
    Path file = folder.resolve("portal.env");
    Files.writeString(file, "HIKAE_DB_KIND=H2\n");
    String settings = "--env-file=" + file;
    assertThat(run("en", "store")).isEqualTo(AdminMain.USAGE);
    assertThat(run("en", "store", "move", settings)).isEqualTo(AdminMain.USAGE);
    assertThat(run("en", "store", "move", "--to=tape", settings)).isEqualTo(AdminMain.USAGE);
    assertThat(run("en", "store", "move", "--to=s3", "--status", settings))
        .isEqualTo(AdminMain.USAGE);
    assertThat(run("en", "store", "move", "--to=s3", "--rate=-1", settings))
        .isEqualTo(AdminMain.USAGE);
    assertThat(err.toString()).doesNotContain("PostgreSQL");
    assertThat(run("en", "store", "move", "--status", settings)).isEqualTo(AdminMain.USAGE);
    assertThat(err.toString()).contains("PostgreSQL");
    Files.writeString(
        file,
        """
        HIKAE_DB_KIND=PostgreSQL
        HIKAE_DB_URL=jdbc:postgresql://127.0.0.1:9/hikae
        HIKAE_DB_PASSWORD=hidden-5
        """);
    assertThat(run("en", "store", "move", "--to=s3", settings)).isEqualTo(3);
    assertThat(out.toString()).doesNotContain("hidden-5");
  }

  @Test
  void advisories_are_told_apart_by_the_exit_code() throws Exception {
    Path bill = folder.resolve("bill.json");
    Path advisories = Files.createDirectory(folder.resolve("advisories"));
    Files.writeString(
        bill,
        """
        {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
          {"type": "library", "group": "org.a", "name": "b", "version": "1.5",
           "purl": "pkg:maven/org.a/b@1.5"}]}
        """);
    String[] check = {"advisories", "--lang=en", "--sbom=" + bill, "--advisories=" + advisories};
    assertThat(run("en", check)).as("an empty folder says nothing").isEqualTo(AdminMain.USAGE);
    Path advisory = advisories.resolve("a.json");
    String text =
        """
        {"id": "A-1", "affected": [{"package": {"ecosystem": "Maven", "name": "org.a:b"},
          "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "%s"}]}]}]}
        """;
    Files.writeString(advisory, text.replace("%s", "1.5"));
    assertThat(run("en", check)).isZero();
    Files.writeString(advisory, text.replace("%s", "1.6"));
    assertThat(run("en", check)).isEqualTo(2);
    assertThat(out.toString()).contains("A-1: pkg:maven/org.a/b@1.5 is affected", "Take 1.6");
    Files.writeString(advisory, text.replace("%s", "1.5"));
    Files.writeString(advisories.resolve("b.json"), "cut off");
    assertThat(run("en", check)).isEqualTo(1);
    assertThat(out.toString()).contains("Not read: b.json");
  }

  @Test
  void the_language_is_that_of_the_environment() {
    assertThat(AdminMain.language(Map.of("LANG", "ja_JP.UTF-8"))).isEqualTo("ja");
    assertThat(AdminMain.language(Map.of("LC_ALL", "C.UTF-8", "LANG", "ja_JP.UTF-8")))
        .isEqualTo("en");
    assertThat(AdminMain.language(Map.of())).isEqualTo("en");
  }

  private int run(String language, String... arguments) {
    CommandLine line = AdminMain.commandLine(language);
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    line.getSubcommands()
        .values()
        .forEach(
            below -> {
              below.setOut(new PrintWriter(out, true));
              below.setErr(new PrintWriter(err, true));
            });
    return line.execute(arguments);
  }
}
