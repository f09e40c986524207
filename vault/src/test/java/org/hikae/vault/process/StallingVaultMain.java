package org.hikae.vault.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.vault.root.OpenedVaultRoot;
import org.hikae.vault.testing.InstrumentedRootKey;

/**
 * The real process, except that it stops for ever just before it evaluates: after the charge,
 * before the answer. Arguments: configuration, passphrase of the test.
 */
final class StallingVaultMain {

  private StallingVaultMain() {}

  public static void main(String[] arguments) throws Exception {
    VaultConfig config = VaultConfig.read(Path.of(arguments[0]));
    SecureRandom random = new SecureRandom();
    OpenedVaultRoot opened =
        OpenedVaultRoot.open(
            config.root(),
            SecretBytes.copyOf(arguments[1].getBytes(StandardCharsets.UTF_8)),
            random);
    InstrumentedRootKey stalling = new InstrumentedRootKey(opened.root());
    stalling.beforeNextEvaluation(StallingVaultMain::stall);
    VaultProcess.start(
        config,
        new OpenedVaultRoot(stalling, opened.anchor(), opened.epochs()),
        Clock.systemUTC(),
        random);
    System.out.println("serving");
    new CountDownLatch(1).await();
  }

  private static void stall() {
    System.out.println("evaluating");
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
