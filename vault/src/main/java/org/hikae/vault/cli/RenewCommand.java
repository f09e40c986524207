package org.hikae.vault.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.vault.process.OfflineKeyFile;
import org.hikae.vault.process.VaultConfig;
import org.hikae.vault.process.VaultInstaller;
import org.hikae.vault.process.VaultInstaller.RenewedKey;
import org.hikae.vault.root.OpenedVaultRoot;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hikae-vault renew}. */
@Command(
    name = "renew",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the identity key, the channel's key or both anew and signs the next card with the"
          + " offline vault root key. Records stay; devices take the new card by themselves.",
      "Stop the vault before and start it afterwards."
    })
final class RenewCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @ArgGroup(multiplicity = "1")
  private SecretOption secret;

  @Option(
      names = "--vault-root",
      required = true,
      paramLabel = "FILE",
      description = "The offline vault root key that signed the card.")
  private Path vaultRootFile;

  @Option(names = "--identity", description = "Make the key anew that signs receipts.")
  private boolean identity;

  @Option(names = "--channel", description = "Make the key anew that messages are sealed to.")
  private boolean channel;

  @Option(
      names = "--leaked",
      description = "Trust no identity key of before any more; receipts they signed do not verify.")
  private boolean leaked;

  @SuppressWarnings("NullAway.Init")
  RenewCommand() {}

  @Override
  public Integer call() throws Exception {
    Set<RenewedKey> what = EnumSet.noneOf(RenewedKey.class);
    if (identity) {
      what.add(RenewedKey.IDENTITY);
    }
    if (channel) {
      what.add(RenewedKey.CHANNEL);
    }
    if (what.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Say what to make anew: --identity, --channel or both.");
    }
    VaultConfig read = config.read();
    SecureRandom random = new SecureRandom();
    SigningKey vaultRoot = OfflineKeyFile.read(vaultRootFile, random);
    try (SecretBytes opening = secret.read(read.root(), spec.commandLine());
        OpenedVaultRoot root = OpenedVaultRoot.open(read.root(), opening, random)) {
      SignedCard next = VaultInstaller.renew(read, root.root(), what, vaultRoot, !leaked, random);
      CardCommand.show(spec.commandLine().getOut(), next, VaultCard.parse(next.card()));
    }
    return VaultExitCode.OK.number();
  }
}
