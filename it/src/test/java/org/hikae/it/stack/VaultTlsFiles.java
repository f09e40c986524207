package org.hikae.it.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hikae.testing.BuildOutput;

/** Mutual TLS between portal and vault, with what {@code scripts/make-vault-link} makes. */
final class VaultTlsFiles {

  private final Path folder;
  private final String address;
  private final String password;

  private VaultTlsFiles(Path folder, String address, String password) {
    this.folder = folder;
    this.address = address;
    this.password = password;
  }

  static VaultTlsFiles make(Path folder) throws IOException, InterruptedException {
    try (ManagedProcess making =
        ManagedProcess.start(
            "make-vault-link",
            folder.resolveSibling("make-vault-link.log"),
            Map.of("PATH", TestAuthority.jdkFirst()),
            List.of("bash", BuildOutput.script("make-vault-link").toString(), folder.toString()))) {
      making.await(Duration.ofMinutes(2), () -> Files.isRegularFile(folder.resolve("password")));
    }
    return new VaultTlsFiles(
        folder, "127.0.0.1:" + Ports.free(1).get(0), Files.readString(folder.resolve("password")));
  }

  Map<String, String> vaultEnvironment() {
    return Map.of("HIKAE_VAULT_TLS_LISTEN", address, "HIKAE_VAULT_TLS_FILES", folder.toString());
  }

  Map<String, String> portalEnvironment() {
    return Map.of(
        "HIKAE_VAULT_ADDRESS",
        address,
        "HIKAE_VAULT_KEYSTORE",
        folder.resolve("portal.p12").toString(),
        "HIKAE_VAULT_KEYSTORE_PASSWORD",
        password,
        "HIKAE_VAULT_CERTIFICATES",
        folder.resolve("vault.pem").toString());
  }
}
