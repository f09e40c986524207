package org.hikae.vault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.core.CardVerifier;
import org.hikae.vault.process.OfflineKeyFile;
import org.hikae.vault.process.VaultConfig;
import org.hikae.vault.process.VaultInstaller;
import org.hikae.vault.process.VaultInstaller.RenewedKey;
import org.hikae.vault.root.OpenedVaultRoot;
import org.hikae.vault.root.contract.RootLocation;
import org.hikae.vault.root.pkcs11.SoftHsmTokens;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands, exit codes and sentences. */
@EveryThirdRun
class VaultMainTest {

  private static final String PASSPHRASE = "a good passphrase";

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
    passphrase = Files.writeString(directory.resolve("passphrase"), PASSPHRASE + "\n");
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
  }

  private int execute(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    CommandLine line = VaultMain.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private int init() {
    return execute(
        "init",
        "--config=" + config,
        "--passphrase-file=" + passphrase,
        "--vault-root-out=" + directory.resolve("offline.key"),
        "--first-keeper-out=" + directory.resolve("keeper1.key"),
        "--second-keeper-out=" + directory.resolve("keeper2.key"));
  }

  private int renew(String vaultRoot, String... what) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "renew",
                "--config=" + config,
                "--passphrase-file=" + passphrase,
                "--vault-root=" + directory.resolve(vaultRoot)));
    arguments.addAll(List.of(what));
    return execute(arguments.toArray(new String[0]));
  }

  private VaultCard card() throws Exception {
    byte[] bytes = Files.readAllBytes(directory.resolve("state").resolve("card.bin"));
    SignedCard signed = SignedCard.parse(bytes);
    return CardVerifier.verify(signed, signed.rootFingerprint(), 1);
  }

  @Test
  void renew_signs_the_next_card_with_new_keys_and_the_same_root() throws Exception {
    assertThat(init()).isZero();
    String fingerprint = out.toString().strip();
    VaultCard first = card();

    assertThat(renew("offline.key", "--identity")).isZero();
    assertThat(out.toString()).contains("sequence: 2", fingerprint);
    VaultCard second = card();
    assertThat(second.identityKey()).isNotEqualTo(first.identityKey());
    assertThat(second.channelKey()).isEqualTo(first.channelKey());
    assertThat(second.akeKey()).isEqualTo(first.akeKey());
    assertThat(second.history().formerIdentities()).containsExactly(first.identityKey());

    assertThat(renew("offline.key", "--channel")).isZero();
    VaultCard third = card();
    assertThat(third.identityKey()).isEqualTo(second.identityKey());
    assertThat(third.channelKey()).isNotEqualTo(first.channelKey());
    assertThat(third.history().formerIdentities()).containsExactly(first.identityKey());

    assertThat(renew("offline.key", "--identity", "--channel", "--leaked")).isZero();
    assertThat(card().history().formerIdentities()).isEmpty();
    assertThat(card().sequence()).isEqualTo(4);

    renewOften(VaultCard.History.MAX_FORMER + 2);
    assertThat(card().history().formerIdentities()).hasSize(VaultCard.History.MAX_FORMER);
  }

  /** As the command does it, but the passphrase is stretched once. */
  private void renewOften(int times) throws Exception {
    SecureRandom random = new SecureRandom();
    VaultConfig read = VaultConfig.read(config);
    SigningKey vaultRoot = OfflineKeyFile.read(directory.resolve("offline.key"), random);
    try (SecretBytes secret = SecretBytes.copyOf(PASSPHRASE.getBytes(StandardCharsets.UTF_8));
        OpenedVaultRoot root = OpenedVaultRoot.open(read.root(), secret, random)) {
      for (int i = 0; i < times; i++) {
        SignedCard next =
            VaultInstaller.renew(
                read, root.root(), Set.of(RenewedKey.IDENTITY), vaultRoot, true, random);
        assertThat(VaultCard.parse(next.card()).sequence()).isEqualTo(5 + i);
      }
    }
  }

  @Test
  void renew_needs_the_root_key_that_signed_the_card_and_something_to_do() throws Exception {
    assertThat(init()).isZero();
    byte[] before = card().signedBytes();

    assertThat(renew("keeper1.key", "--identity")).isEqualTo(6);
    assertThat(err.toString()).contains("not the vault root key");
    assertThat(renew("offline.key")).isEqualTo(2);
    assertThat(renew("nothing.key", "--identity")).isEqualTo(6);
    assertThat(card().signedBytes()).isEqualTo(before);
  }

  @Test
  void init_makes_a_vault_once_and_prints_what_devices_pin() throws Exception {
    assertThat(init()).isZero();

    String fingerprint = out.toString().strip().substring("root fingerprint: ".length());
    SignedCard card =
        SignedCard.parse(Files.readAllBytes(directory.resolve("state").resolve("card.bin")));
    assertThat(CardVerifier.verify(card, Hash256.parse(fingerprint), 1).tenant()).isEqualTo("demo");
    assertThat(err.toString()).contains("WARNING").contains("kept in software").contains("offline");
    for (String file :
        new String[] {
          "offline.key",
          "keeper1.key",
          "keeper2.key",
          "state/root.key",
          "state/card.bin",
          "state/keepers.bin"
        }) {
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
    assertThat(err.toString()).contains("exists already");
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

  private void configureToken(RootLocation.Pkcs11 place) throws IOException {
    Files.writeString(
        config,
        Files.readString(config)
            + "\nroot=pkcs11\npkcs11-library="
            + place.library()
            + "\npkcs11-slot-index="
            + place.slotIndex());
  }

  private int initToken(Path pin, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "init",
                "--config=" + config,
                "--pin-file=" + pin,
                "--vault-root-out=" + directory.resolve("offline.key"),
                "--first-keeper-out=" + directory.resolve("keeper1.key"),
                "--second-keeper-out=" + directory.resolve("keeper2.key")));
    arguments.addAll(List.of(more));
    return execute(arguments.toArray(String[]::new));
  }

  @Test
  @Tag("token")
  void init_makes_the_root_in_the_token_or_takes_the_one_that_is_there() throws Exception {
    configureToken(SoftHsmTokens.freshToken());
    Path pin = SoftHsmTokens.pinFile(directory, SoftHsmTokens.PIN);

    assertThat(initToken(pin, "--existing-keys")).isEqualTo(9);
    assertThat(err.toString()).contains("no key hikae-");
    assertThat(directory.resolve("offline.key")).doesNotExist();
    assertThat(initToken(pin)).isZero();
    assertThat(err.toString()).doesNotContain("WARNING");
    assertThat(execute("card", "--config=" + config)).isZero();
    assertThat(out.toString()).contains("root key kept in: pkcs11");
    assertThat(initToken(pin)).isEqualTo(8);

    byte[] before = Files.readAllBytes(directory.resolve("state/card.bin"));
    for (String file :
        new String[] {
          "offline.key", "keeper1.key", "keeper2.key", "state/card.bin", "state/keepers.bin"
        }) {
      Files.delete(directory.resolve(file));
    }
    assertThat(initToken(pin)).isEqualTo(8);
    assertThat(err.toString()).contains("The token holds hikae-");
    assertThat(initToken(pin, "--existing-keys")).isZero();
    assertThat(VaultCard.parse(SignedCard.parse(before).card()))
        .usingRecursiveComparison()
        .isEqualTo(
            VaultCard.parse(
                SignedCard.parse(Files.readAllBytes(directory.resolve("state/card.bin"))).card()));
  }

  @Test
  @Tag("token")
  void a_token_that_cannot_be_used_has_its_own_code_and_sentence() throws Exception {
    configureToken(SoftHsmTokens.freshToken());
    Path wrong = SoftHsmTokens.pinFile(directory, "0000-0000");

    assertThat(execute("run", "--config=" + config, "--pin-file=" + wrong)).isEqualTo(9);
    assertThat(err.toString()).contains("refuses the PIN").doesNotContain("0000");
    assertThat(err.toString().strip().lines()).hasSize(1);
    assertThat(execute("run", "--config=" + config, "--pin-file=" + directory.resolve("none")))
        .isEqualTo(9);
    assertThat(err.toString()).contains("The PIN file");
    assertThat(execute("run", "--config=" + config, "--pin-fd=987")).isEqualTo(9);
    assertThat(execute("run", "--config=" + config, "--passphrase-file=" + passphrase))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--pin-file");
  }

  @Test
  void a_missing_library_has_the_tokens_code() throws Exception {
    configureToken(new RootLocation.Pkcs11(directory.resolve("none.so"), 0));
    Path pin = SoftHsmTokens.pinFile(directory, SoftHsmTokens.PIN);

    assertThat(execute("run", "--config=" + config, "--pin-file=" + pin)).isEqualTo(9);
    assertThat(err.toString()).contains("no PKCS#11 library").contains("none.so");
  }

  @Test
  void a_pin_does_not_open_a_file_and_a_file_has_no_existing_keys() throws Exception {
    Path pin = SoftHsmTokens.pinFile(directory, SoftHsmTokens.PIN);

    assertThat(execute("run", "--config=" + config, "--pin-file=" + pin)).isEqualTo(2);
    assertThat(err.toString()).contains("--passphrase-file");
    assertThat(
            execute(
                "init",
                "--config=" + config,
                "--passphrase-file=" + passphrase,
                "--existing-keys",
                "--vault-root-out=" + directory.resolve("offline.key"),
                "--first-keeper-out=" + directory.resolve("keeper1.key"),
                "--second-keeper-out=" + directory.resolve("keeper2.key")))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--existing-keys");
  }

  @Test
  void help_names_every_command_and_exit_code() {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString())
        .contains("init", "run", "card", "status", "reopen", "delete", "Exit codes:");
    for (VaultExitCode code : VaultExitCode.values()) {
      assertThat(out.toString()).containsPattern("(?m)^ +" + code.number() + " +\\w");
    }
    for (String command : new String[] {"init", "run", "card", "status", "reopen", "delete"}) {
      assertThat(execute(command, "--help")).isZero();
      assertThat(out.toString()).contains("--config");
    }
  }
}
