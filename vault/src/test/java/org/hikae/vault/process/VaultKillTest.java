package org.hikae.vault.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.TestEffort;
import org.hikae.vault.root.pkcs11.SoftHsmTokens;
import org.hikae.vault.testing.RecordLifecycleScenario.StepOutcome;
import org.hikae.vault.token.FakeRealm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fifty times (twelve in a short run) SIGKILL to real vaults on a real disk, half of them with the
 * root in files and half with it in a token. Both run side by side, because most of the time goes
 * into starting. Budget: 60 seconds; ten times that in long runs.
 */
@Tag("token")
@DisplayName("HK1-V-05 to V-09, V-16: kill -9 at every step of registration and login")
@Timeout(3600)
@EveryThirdRun
class VaultKillTest {

  private static final int KILLS_PER_ROOT = 25;

  @TempDir private Path directory;

  @Test
  void no_refill_no_lost_record_no_half_state() throws Exception {
    int kills = TestEffort.times(VaultKillTest.class, KILLS_PER_ROOT, 4);
    long seed = TestEffort.seed();
    Path hsm = directory.resolve("hsm.conf");
    SoftHsmTokens.makeTokens(hsm, 1);
    List<String> inToken = List.of("root=pkcs11", "pkcs11-library=" + SoftHsmTokens.library());
    try (FakeRealm realm = new FakeRealm();
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      KilledVaultScenario files =
          new KilledVaultScenario(
              directory.resolve("files"), realm, List.of(), "a good passphrase", hsm, seed);
      KilledVaultScenario token =
          new KilledVaultScenario(
              directory.resolve("token"), realm, inToken, SoftHsmTokens.PIN, hsm, ~seed);
      Future<?> first = threads.submit(() -> killed(files, kills));
      Future<?> second = threads.submit(() -> killed(token, kills));
      try {
        first.get();
        second.get();
      } catch (ExecutionException e) {
        throw new AssertionError(
            "seed " + seed + "\nroot in files: " + files + "\nroot in a token: " + token, e);
      }
      System.out.println("root in files: " + files + "\nroot in a token: " + token);
    }
  }

  private static KilledVaultScenario killed(KilledVaultScenario vault, int kills) throws Exception {
    vault.killUntil(kills);
    assertThat(vault.kills()).isGreaterThanOrEqualTo(kills);
    if (kills >= KILLS_PER_ROOT) {
      // Otherwise all kills came too early, or all too late, to show anything.
      assertThat(vault.found()).containsKeys(StepOutcome.NOTHING, StepOutcome.ANSWERED);
    }
    return vault;
  }
}
