package org.hikae.vault.cli;

import java.nio.file.Path;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.vault.root.Passphrase;
import org.hikae.vault.root.RootFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the passphrase of the root key file comes from: exactly one of two places. */
final class PassphraseOption {

  @Option(
      names = "--passphrase-fd",
      paramLabel = "N",
      description = "Read the passphrase from file descriptor N.")
  private @Nullable Integer descriptor;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "Read the passphrase from FILE, such as a systemd credential.")
  private @Nullable Path file;

  SecretBytes read() throws RootFileException {
    if (descriptor != null) {
      return Passphrase.fromDescriptor(descriptor);
    }
    if (file != null) {
      return Passphrase.fromFile(file);
    }
    throw new IllegalStateException("picocli requires one of the two");
  }
}
