package org.hikae.vault.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.core.CardVerifier;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.TestDevice.Registered;
import org.hikae.vault.testing.TestDevice.Started;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultReply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real program in processes of its own: init, run, stop, kill. Budget: 90 seconds. */
@DisplayName("HK1-V-08, V-13: the process")
@Timeout(300)
@EveryThirdRun
class VaultProcessTest extends VaultProcessTestBase {

  private static final String PASSPHRASE = "a good passphrase of the test";

  private Path passphrase;

  @BeforeEach
  void initialise() throws Exception {
    configure();
    passphrase = Files.writeString(directory.resolve("passphrase"), PASSPHRASE + "\n");
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
    try (VaultChildProcess init =
        VaultChildProcess.program(
            "init",
            "--config=" + config,
            "--passphrase-file=" + passphrase,
            "--vault-root-out=" + directory.resolve("offline.key"),
            "--first-keeper-out=" + directory.resolve("keeper1.key"),
            "--second-keeper-out=" + directory.resolve("keeper2.key"))) {
      String printed = init.await("root fingerprint: ").substring("root fingerprint: ".length());
      assertThat(init.exitCode()).isZero();
      card = SignedCard.parse(Files.readAllBytes(directory.resolve("state/card.bin")));
      CardVerifier.verify(card, Hash256.parse(printed), 1);
    }
  }

  private VaultChildProcess run() throws IOException {
    VaultChildProcess vault =
        VaultChildProcess.program("run", "--config=" + config, "--passphrase-file=" + passphrase);
    vault.await("serving");
    return vault;
  }

  @Test
  void a_vault_registers_stops_cleanly_and_opens_again() throws Exception {
    TestDevice device = device();
    Registered registered;
    try (VaultChildProcess vault = run()) {
      registered = device.register(PASSWORD);
      vault.terminate();
      vault.await("stopped");
      assertThat(vault.exitCode()).isZero();
    }
    assertThat(socket).doesNotExist();
    try (VaultChildProcess vault = run()) {
      assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
      vault.kill();
    }
    assertNothingSecretIsLogged(registered);
  }

  private void assertNothingSecretIsLogged(Registered registered) throws IOException {
    String log = Files.readString(directory.resolve("state/vault-0.log"));
    assertThat(log)
        .contains("REG_INIT DONE")
        .contains("LOGIN_FINISH DONE")
        .contains("root key is kept in software")
        .doesNotContain("eyJ")
        .doesNotContain("alice")
        .doesNotContain(PASSWORD)
        .doesNotContain(PASSPHRASE)
        .doesNotContain(Hash256.of(registered.credId()).hex());
  }

  @Test
  @DisplayName("HK1-V-08: kill -9 between charge and answer keeps the charge")
  void a_kill_between_charge_and_answer_keeps_the_charge() throws Exception {
    TestDevice device = device();
    Registered registered;
    try (VaultChildProcess vault = run()) {
      registered = device.register(PASSWORD);
      vault.kill();
    }
    try (VaultChildProcess stalling =
            VaultChildProcess.start(
                StallingVaultMain.class, Map.of(), config.toString(), PASSPHRASE);
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      stalling.await("serving");
      Future<Boolean> answered =
          threads.submit(() -> wasAnswered(device, registered.credId(), "wrong password"));
      stalling.await("evaluating");
      stalling.kill();
      assertThat(answered.get()).isFalse();
    }
    try (VaultChildProcess vault = run()) {
      assertThat(device.attemptsLeft()).isEqualTo(9);
      assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
      assertThat(vault.isAlive()).isTrue();
    }
  }

  private static boolean wasAnswered(TestDevice device, byte[] credId, String guess) {
    try {
      Started started = device.start(credId, guess);
      return started.reply() instanceof VaultReply.Done;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  @Test
  void a_second_vault_is_refused_and_status_shows_the_first() throws Exception {
    try (VaultChildProcess vault = run();
        VaultChildProcess second =
            VaultChildProcess.program(
                "run", "--config=" + config, "--passphrase-file=" + passphrase);
        VaultChildProcess status = VaultChildProcess.program("status", "--config=" + config)) {
      assertThat(second.exitCode()).isEqualTo(5);
      assertThat(status.await("serving")).isEqualTo("serving: yes");
      assertThat(status.await("root fingerprint")).contains(card.rootFingerprint().hex());
      assertThat(status.exitCode()).isZero();
      assertThat(vault.isAlive()).isTrue();
    }
  }
}
