package org.hikae.vault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.hikae.hk1.Hash256;
import org.hikae.vault.core.CardCheck;
import org.hikae.vault.wire.SignedCard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands, exit codes and sentences. */
class MainTest {

  @TempDir private Path directory;
  private Path config;
  private Path passphrase;
  private StringWriter out;
  private StringWriter err;

  @BeforeEach
  void configure() throws IOException {
    config =
        Files.writeString(
            directory.resolve("vault.properties"),
            String.join(
                "\n",
                "tenant=demo",
                "issuer=https://sso.example.test/realms/hikae",
                "jwks-url=https://sso.example.test/certs",
                "socket=" + directory.resolve("v.sock"),
                "allowed-uid=12345",
                "state-dir=" + directory.resolve("state")));
    passphrase = Files.writeString(directory.resolve("passphrase"), "a good passphrase\n");
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
  }

  private int execute(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private int init() {
    return execute(
        "init",
        "--config=" + config,
        "--passphrase-file=" + passphrase,
        "--vault-root-out=" + directory.resolve("offline.key"));
  }

  @Test
  void init_makes_a_vault_once_and_prints_what_devices_pin() throws Exception {
    assertThat(init()).isZero();

    String fingerprint = out.toString().strip().substring("root fingerprint: ".length());
    SignedCard card =
        SignedCard.parse(Files.readAllBytes(directory.resolve("state").resolve("card.bin")));
    assertThat(CardCheck.verify(card, Hash256.parse(fingerprint), 1).tenant()).isEqualTo("demo");
    assertThat(err.toString()).contains("WARNING").contains("kept in software").contains("offline");
    for (String file : new String[] {"offline.key", "state/root.key", "state/card.bin"}) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file))))
          .isEqualTo("rw-------");
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("state"))))
        .isEqualTo("rwx------");

    byte[] before = Files.readAllBytes(directory.resolve("state/root.key"));
    assertThat(init()).isEqualTo(8);
    assertThat(err.toString()).contains("root.key exists already");
    assertThat(directory.resolve("state/root.key")).hasBinaryContent(before);
  }

  @Test
  void card_shows_and_copies_the_card() throws Exception {
    init();
    Path copy = directory.resolve("copy.bin");

    assertThat(execute("card", "--config=" + config, "--out=" + copy)).isZero();

    assertThat(out.toString())
        .contains("tenant: demo", "sequence: 1", "root key kept in: software", "root fingerprint");
    assertThat(copy).hasSameBinaryContentAs(directory.resolve("state/card.bin"));
    Files.write(directory.resolve("state/card.bin"), new byte[] {1});
    assertThat(execute("card", "--config=" + config)).isEqualTo(6);
  }

  @Test
  void every_failure_has_its_code_and_one_sentence() throws Exception {
    assertThat(execute()).isEqualTo(2);
    assertThat(execute("run")).isEqualTo(2);
    assertThat(execute("run", "--config=" + config)).isEqualTo(2);
    assertThat(execute("run", "--config=" + config, "--passphrase=secret")).isEqualTo(2);
    assertThat(execute("status", "--config=" + directory.resolve("none"))).isEqualTo(3);
    assertThat(err.toString().strip().lines()).hasSize(1);
    assertThat(
            execute("run", "--config=" + config, "--passphrase-file=" + directory.resolve("none")))
        .isEqualTo(4);
    assertThat(execute("status", "--config=" + config)).isEqualTo(7);
    assertThat(err.toString()).contains("No vault answers");
    assertThat(execute("card", "--config=" + config)).isEqualTo(6);
  }

  @Test
  void help_names_every_command_and_exit_code() {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString()).contains("init", "run", "card", "status", "Exit codes:");
    for (ExitCode code : ExitCode.values()) {
      assertThat(out.toString()).containsPattern("(?m)^ +" + code.number() + " +\\w");
    }
    for (String command : new String[] {"init", "run", "card", "status"}) {
      assertThat(execute(command, "--help")).isZero();
      assertThat(out.toString()).contains("--config");
    }
  }
}
