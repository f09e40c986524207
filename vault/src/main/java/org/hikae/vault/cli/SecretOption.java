package org.hikae.vault.cli;

import java.nio.file.Path;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.vault.root.contract.RootLocation;
import org.hikae.vault.root.pkcs11.HardwareTokenException;
import org.hikae.vault.root.pkcs11.TokenPin;
import org.hikae.vault.root.software.RootFileException;
import org.hikae.vault.root.software.RootPassphrase;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * Where the passphrase of the root key file or the PIN of the token comes from: exactly one of four
 * places, and the one that the configured root needs.
 */
final class SecretOption {

  @Option(
      names = "--passphrase-fd",
      paramLabel = "N",
      description = "Read the passphrase of the root key file from file descriptor N.")
  private @Nullable Integer passphraseDescriptor;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "Read the passphrase from FILE, such as a systemd credential.")
  private @Nullable Path passphraseFile;

  @Option(
      names = "--pin-fd",
      paramLabel = "N",
      description = "Read the PIN of the token (root=pkcs11) from file descriptor N.")
  private @Nullable Integer pinDescriptor;

  @Option(
      names = "--pin-file",
      paramLabel = "FILE",
      description = "Read the PIN from FILE, such as a systemd credential.")
  private @Nullable Path pinFile;

  SecretBytes read(RootLocation place, CommandLine line)
      throws RootFileException, HardwareTokenException {
    return switch (place) {
      case RootLocation.Software files -> passphrase(line);
      case RootLocation.Pkcs11 slot -> pin(line);
    };
  }

  private SecretBytes passphrase(CommandLine line) throws RootFileException {
    if (passphraseDescriptor != null) {
      return RootPassphrase.fromDescriptor(passphraseDescriptor);
    }
    if (passphraseFile != null) {
      return RootPassphrase.fromFile(passphraseFile);
    }
    throw new ParameterException(
        line, "root=software needs --passphrase-fd or --passphrase-file, not a PIN.");
  }

  private SecretBytes pin(CommandLine line) throws HardwareTokenException {
    if (pinDescriptor != null) {
      return TokenPin.fromDescriptor(pinDescriptor);
    }
    if (pinFile != null) {
      return TokenPin.fromFile(pinFile);
    }
    throw new ParameterException(
        line, "root=pkcs11 needs --pin-fd or --pin-file, not a passphrase.");
  }
}
