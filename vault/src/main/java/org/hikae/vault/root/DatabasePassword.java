package org.hikae.vault.root;

import java.io.IOException;
import java.nio.file.Path;
import org.hikae.crypto.kdf.SecretBytes;

/**
 * The password of the vault's own login at its database, 1 to 1024 bytes, from a credential file.
 */
public final class DatabasePassword {

  private static final Credential.Rules<IOException> RULES =
      new Credential.Rules<>("database password", 1, 1024, IOException::new);

  private DatabasePassword() {}

  /** Reads a file that others than its owner and group cannot read. */
  public static SecretBytes fromFile(Path file) throws IOException {
    return Credential.fromFile(file, RULES);
  }
}
