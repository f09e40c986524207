package org.hikae.vault.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.vault.root.OpenedVaultRoot;

/**
 * The real process, except that nobody waits between attempts. Arguments: configuration, passphrase
 * or PIN of the test.
 */
final class NoWaitVaultMain {

  private static final int WAITS = 7;

  private NoWaitVaultMain() {}

  public static void main(String[] arguments) throws Exception {
    VaultConfig config = VaultConfig.read(Path.of(arguments[0]));
    SecureRandom random = new SecureRandom();
    OpenedVaultRoot opened =
        OpenedVaultRoot.open(
            config.root(),
            SecretBytes.copyOf(arguments[1].getBytes(StandardCharsets.UTF_8)),
            random);
    VaultProcess.start(
        config, opened, Clock.systemUTC(), random, Collections.nCopies(WAITS, Duration.ZERO));
    System.out.println("serving");
    new CountDownLatch(1).await();
  }
}
