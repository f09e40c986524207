package org.hikae.vault.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.root.OpenedVaultRoot;

/**
 * A vault as it ships, but in this process and without the waits between attempts, which take days:
 * for what happens after the last of them. Its state is that of a process which was ended.
 */
public final class InProcessVault {

  private InProcessVault() {}

  /** Serves until it is closed. */
  public static VaultProcess start(Path configuration, String passphrase) throws Exception {
    VaultConfig config = VaultConfig.read(configuration);
    SecureRandom random = new SecureRandom();
    OpenedVaultRoot root;
    try (SecretBytes secret = SecretBytes.copyOf(passphrase.getBytes(StandardCharsets.US_ASCII))) {
      root = OpenedVaultRoot.open(config.root(), secret, random);
    }
    return VaultProcess.start(
        config,
        root,
        Clock.systemUTC(),
        random,
        Collections.nCopies(VaultLimits.WAITS.size(), Duration.ZERO));
  }
}
