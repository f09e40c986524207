package org.hikae.vault.secret;

import java.io.IOException;
import java.nio.file.Path;
import org.hikae.crypto.kdf.SecretBytes;

/** A password for something beside the root, 1 to 1024 bytes, from a credential file. */
public final class CredentialFilePassword {

  private static final int MAX_BYTES = 1024;

  private CredentialFilePassword() {}

  /**
   * Reads a file that others than its owner and group cannot read.
   *
   * @param noun what the password is called in a refusal
   */
  public static SecretBytes fromFile(String noun, Path file) throws IOException {
    return CredentialReader.fromFile(
        file, new CredentialReader.Rules<>(noun, 1, MAX_BYTES, IOException::new));
  }
}
