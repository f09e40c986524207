package org.hikae.vault.root.pkcs11;

import java.nio.file.Path;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.vault.secret.CredentialReader;

/**
 * The PIN of the token's user, 4 to 255 printable ASCII characters, from a file descriptor or a
 * credential file.
 */
public final class TokenPin {

  private static final CredentialReader.Rules<HardwareTokenException> RULES =
      new CredentialReader.Rules<>("PIN", 4, 255, HardwareTokenException::new);

  private TokenPin() {}

  /** Reads descriptor {@code number}, which the caller opened for this process. */
  public static SecretBytes fromDescriptor(int number) throws HardwareTokenException {
    return CredentialReader.fromDescriptor(number, RULES);
  }

  /** Reads a file that others than its owner and group cannot read. */
  public static SecretBytes fromFile(Path file) throws HardwareTokenException {
    return CredentialReader.fromFile(file, RULES);
  }
}
