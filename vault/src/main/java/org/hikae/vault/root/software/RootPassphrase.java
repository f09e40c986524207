package org.hikae.vault.root.software;

import java.nio.file.Path;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.vault.secret.CredentialReader;

/**
 * The passphrase of the root key file, 12 to 1024 bytes, from a file descriptor or a credential
 * file.
 */
public final class RootPassphrase {

  private static final CredentialReader.Rules<RootFileException> RULES =
      new CredentialReader.Rules<>("passphrase", 12, 1024, RootFileException::new);

  private RootPassphrase() {}

  /** Reads descriptor {@code number}, which the caller opened for this process. */
  public static SecretBytes fromDescriptor(int number) throws RootFileException {
    return CredentialReader.fromDescriptor(number, RULES);
  }

  /** Reads a file that others than its owner and group cannot read. */
  public static SecretBytes fromFile(Path file) throws RootFileException {
    return CredentialReader.fromFile(file, RULES);
  }
}
