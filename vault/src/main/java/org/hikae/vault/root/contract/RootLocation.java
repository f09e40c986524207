package org.hikae.vault.root.contract;

import java.nio.file.Path;

/** Where the root is kept, as the configuration says. Nothing secret. */
public sealed interface RootLocation {

  /**
   * In files, encrypted under a passphrase.
   *
   * @param directory the vault's own directory
   */
  record Software(Path directory) implements RootLocation {

    /** The root key file. */
    public Path rootFile() {
      return directory.resolve("root.key");
    }

    /** The anchor of the ledger. */
    public Path anchorFile() {
      return directory.resolve("anchor.bin");
    }

    /** The keys of the epochs. */
    public Path epochsFile() {
      return directory.resolve("epochs.key");
    }
  }

  /**
   * In a hardware token behind PKCS#11.
   *
   * @param library absolute path of the vendor's library
   * @param slotIndex which of the library's slots, counted from 0
   */
  record Pkcs11(Path library, int slotIndex) implements RootLocation {}
}
