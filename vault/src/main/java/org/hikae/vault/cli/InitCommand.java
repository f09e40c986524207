package org.hikae.vault.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.vault.process.Installation;
import org.hikae.vault.process.VaultConfig;
import org.hikae.vault.process.VaultProcess;
import org.hikae.vault.wire.SignedCard;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hikae-vault init}. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = "Makes a new vault and prints the root fingerprint that devices pin.")
final class InitCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @ArgGroup(multiplicity = "1")
  private PassphraseOption passphrase;

  @Option(
      names = "--vault-root-out",
      required = true,
      paramLabel = "FILE",
      description = "New file for the offline vault root key; move it away from this host.")
  private Path vaultRootFile;

  @SuppressWarnings("NullAway.Init")
  InitCommand() {}

  @Override
  public Integer call() throws Exception {
    VaultConfig read = config.read();
    try (SecretBytes secret = passphrase.read()) {
      SignedCard card = Installation.create(read, vaultRootFile, secret, new SecureRandom());
      spec.commandLine().getErr().println("WARNING: " + VaultProcess.SOFTWARE_ROOT_WARNING);
      spec.commandLine()
          .getErr()
          .println("Move " + vaultRootFile + " to a medium that is kept offline.");
      spec.commandLine().getOut().println("root fingerprint: " + card.rootFingerprint().hex());
    }
    return ExitCode.OK.number();
  }
}
