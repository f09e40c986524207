package org.hikae.vault.cli;

import java.nio.file.Path;
import org.hikae.vault.process.VaultConfig;
import org.hikae.vault.process.VaultConfig.ConfigException;
import picocli.CommandLine.Option;

/** {@code --config}, the same for every command. */
final class ConfigOption {

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description =
          "Configuration: tenant, issuer, jwks-url, socket, allowed-uid, state-dir, root.")
  private Path file;

  @SuppressWarnings("NullAway.Init")
  ConfigOption() {}

  VaultConfig read() throws ConfigException {
    return VaultConfig.read(file);
  }
}
