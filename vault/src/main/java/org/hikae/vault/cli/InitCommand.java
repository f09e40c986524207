package org.hikae.vault.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.vault.process.VaultConfig;
import org.hikae.vault.process.VaultInstaller;
import org.hikae.vault.process.VaultInstaller.KeySource;
import org.hikae.vault.process.VaultInstaller.OfflineKeyFiles;
import org.hikae.vault.process.VaultProcess;
import org.hikae.vault.root.contract.RootLocation;
import org.hikae.vault.wire.SignedCard;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
  private SecretOption secret;

  @Option(
      names = "--vault-root-out",
      required = true,
      paramLabel = "FILE",
      description = "New file for the offline vault root key; move it away from this host.")
  private Path vaultRootFile;

  @Option(
      names = "--first-keeper-out",
      required = true,
      paramLabel = "FILE",
      description = "New file for the first keeper's key; another person keeps it offline.")
  private Path firstCustodianFile;

  @Option(
      names = "--second-keeper-out",
      required = true,
      paramLabel = "FILE",
      description = "New file for the second keeper's key; a third person keeps it offline.")
  private Path secondCustodianFile;

  @Option(
      names = "--existing-keys",
      description =
          "Use the keys hikae-ks and hikae-hmac that the token already has (root=pkcs11 only).")
  private boolean existingKeys;

  @SuppressWarnings("NullAway.Init")
  InitCommand() {}

  @Override
  public Integer call() throws Exception {
    VaultConfig read = config.read();
    boolean software = read.root() instanceof RootLocation.Software;
    if (software && existingKeys) {
      throw new ParameterException(spec.commandLine(), "--existing-keys is for root=pkcs11.");
    }
    KeySource keys = existingKeys ? KeySource.IN_TOKEN : KeySource.NEW;
    PrintWriter err = spec.commandLine().getErr();
    try (SecretBytes opening = secret.read(read.root(), spec.commandLine())) {
      OfflineKeyFiles offline =
          new OfflineKeyFiles(vaultRootFile, firstCustodianFile, secondCustodianFile);
      SignedCard card = VaultInstaller.create(read, offline, opening, keys, new SecureRandom());
      if (software) {
        err.println("WARNING: " + VaultProcess.SOFTWARE_ROOT_WARNING);
      }
      err.println(
          "Move "
              + vaultRootFile
              + ", "
              + firstCustodianFile
              + " and "
              + secondCustodianFile
              + " to media that are kept offline, each by another person.");
      spec.commandLine().getOut().println("root fingerprint: " + card.rootFingerprint().hex());
    }
    return VaultExitCode.OK.number();
  }
}
