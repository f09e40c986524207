package org.hikae.vault.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.root.pkcs11.SoftHsmTokens;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.TestDevice.Registered;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The real program with its root in a token of its own, which a test may take away: a process each
 * has its own SOFTHSM2_CONF. Budget: 60 seconds.
 */
@Tag("token")
@DisplayName("HK1-V-01, V-08: the process with its root in a token")
@Timeout(300)
@EveryThirdRun
class Pkcs11VaultProcessTest extends VaultProcessTestBase {

  private Path hsm;
  private Path pin;

  @BeforeEach
  void initialise() throws Exception {
    hsm = directory.resolve("hsm.conf");
    SoftHsmTokens.makeTokens(hsm, 1);
    configure("root=pkcs11", "pkcs11-library=" + SoftHsmTokens.library());
    pin = SoftHsmTokens.pinFile(directory, SoftHsmTokens.PIN);
    try (VaultChildProcess init = init()) {
      init.await("root fingerprint: ");
      assertThat(init.exitCode()).isZero();
    }
    card = SignedCard.parse(Files.readAllBytes(directory.resolve("state/card.bin")));
    assertThat(VaultCard.parse(card.card()).rootName()).isEqualTo("pkcs11");
    assertThat(directory.resolve("state/root.key")).doesNotExist();
  }

  private VaultChildProcess program(String... arguments) throws IOException {
    return VaultChildProcess.program(Map.of("SOFTHSM2_CONF", hsm.toString()), arguments);
  }

  private VaultChildProcess init() throws IOException {
    return program(
        "init",
        "--config=" + config,
        "--pin-file=" + pin,
        "--vault-root-out=" + directory.resolve("offline.key"),
        "--first-keeper-out=" + directory.resolve("keeper1.key"),
        "--second-keeper-out=" + directory.resolve("keeper2.key"));
  }

  private VaultChildProcess run() throws IOException {
    VaultChildProcess vault = program("run", "--config=" + config, "--pin-file=" + pin);
    vault.await("serving");
    return vault;
  }

  @Test
  void a_record_made_under_the_token_opens_after_a_restart() throws Exception {
    TestDevice device = device();
    Registered registered;
    try (VaultChildProcess vault = run()) {
      registered = device.register(PASSWORD);
      vault.terminate();
      vault.await("stopped");
      assertThat(vault.exitCode()).isZero();
    }
    try (VaultChildProcess vault = run()) {
      assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
      vault.kill();
    }
    assertThat(Files.readString(directory.resolve("state/vault-0.log")))
        .contains("LOGIN_FINISH DONE")
        .doesNotContain("kept in software")
        .doesNotContain(SoftHsmTokens.PIN);
  }

  @Test
  @DisplayName("HK1-V-08: while the token is away nothing is answered and nothing charged")
  void a_token_that_goes_away_costs_no_attempt() throws Exception {
    TestDevice device = device();
    Registered registered;
    Path tokens = SoftHsmTokens.folderOf(hsm);
    Path away = directory.resolve("away");
    try (VaultChildProcess vault = run()) {
      registered = device.register(PASSWORD);
      Files.move(tokens, away);
      for (int i = 0; i < 12; i++) {
        assertUnavailable(device, registered);
      }
      Files.move(away, tokens);
      // SoftHSM has forgotten its objects by now; the vault does not log in again by itself.
      assertUnavailable(device, registered);
      vault.terminate();
      assertThat(vault.exitCode()).isZero();
    }
    try (VaultChildProcess vault = run()) {
      assertThat(device.attemptsLeft()).isEqualTo(10);
      assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
      assertThat(vault.isAlive()).isTrue();
    }
  }

  private static void assertUnavailable(TestDevice device, Registered registered) {
    VaultReply reply = device.start(registered.credId(), "wrong password").reply();
    assertThat(reply)
        .isInstanceOfSatisfying(
            VaultReply.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(VaultRefusal.UNAVAILABLE));
  }

  @Test
  void without_its_token_the_program_does_not_start() throws Exception {
    Files.move(SoftHsmTokens.folderOf(hsm), directory.resolve("away"));
    Files.createDirectories(SoftHsmTokens.folderOf(hsm));

    try (VaultChildProcess vault = program("run", "--config=" + config, "--pin-file=" + pin)) {
      assertThat(vault.exitCode()).isEqualTo(9);
    }
  }

  @Test
  void a_second_init_does_not_replace_the_token_s_keys() throws Exception {
    for (String file :
        new String[] {
          "offline.key", "keeper1.key", "keeper2.key", "state/card.bin", "state/keepers.bin"
        }) {
      Files.delete(directory.resolve(file));
    }

    try (VaultChildProcess init = init()) {
      assertThat(init.exitCode()).isEqualTo(8);
    }
  }
}
