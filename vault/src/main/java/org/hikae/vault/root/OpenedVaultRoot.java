package org.hikae.vault.root;

import java.io.IOException;
import java.security.SecureRandom;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.vault.port.EpochKeys;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.root.contract.RootExistsException;
import org.hikae.vault.root.contract.RootLocation;
import org.hikae.vault.root.pkcs11.HardwareToken;
import org.hikae.vault.root.pkcs11.HardwareTokenException;
import org.hikae.vault.root.pkcs11.Pkcs11Anchor;
import org.hikae.vault.root.pkcs11.Pkcs11EpochKeys;
import org.hikae.vault.root.pkcs11.Pkcs11Root;
import org.hikae.vault.root.software.FileAnchor;
import org.hikae.vault.root.software.FileEpochKeys;
import org.hikae.vault.root.software.RootFile;
import org.hikae.vault.root.software.RootFileException;
import org.hikae.vault.root.software.SoftwareRoot;

/**
 * A root that was opened, with what is kept beside its keys. The three live and end together; the
 * passphrase or PIN is needed for opening only.
 *
 * @param root the keys
 * @param anchor how far the ledger has come
 * @param epochs the sealing keys
 */
public record OpenedVaultRoot(RootKey root, LedgerAnchor anchor, EpochKeys epochs)
    implements AutoCloseable {

  /**
   * Opens the root that is there.
   *
   * @param secret passphrase or PIN
   * @throws RootFileException when the root key file cannot be used
   * @throws HardwareTokenException when the token cannot be used; the PIN was tried once at most
   */
  public static OpenedVaultRoot open(RootLocation place, SecretBytes secret, SecureRandom random)
      throws RootFileException, HardwareTokenException {
    return switch (place) {
      case RootLocation.Software files ->
          inFiles(files, RootFile.read(files.rootFile(), secret, random), random);
      case RootLocation.Pkcs11 slot -> {
        HardwareToken token = HardwareToken.open(slot, secret);
        yield inToken(token, random);
      }
    };
  }

  /**
   * Makes a new root and opens it; never replaces one.
   *
   * @param secret passphrase or PIN
   * @throws IOException when files cannot be written, or are there already
   * @throws RootExistsException when the token holds a root already
   * @throws HardwareTokenException when the token cannot be used
   */
  public static OpenedVaultRoot create(RootLocation place, SecretBytes secret, SecureRandom random)
      throws IOException, RootExistsException, HardwareTokenException {
    return switch (place) {
      case RootLocation.Software files -> {
        SoftwareRoot root = SoftwareRoot.generate(random);
        RootFile.write(files.rootFile(), root, secret, random);
        yield inFiles(files, root, random);
      }
      case RootLocation.Pkcs11 slot -> {
        HardwareToken token = HardwareToken.open(slot, secret);
        boolean made = false;
        try {
          Pkcs11Root.make(token, random);
          made = true;
        } finally {
          if (!made) {
            token.close();
          }
        }
        yield inToken(token, random);
      }
    };
  }

  private static OpenedVaultRoot inFiles(
      RootLocation.Software files, SoftwareRoot root, SecureRandom random) {
    return new OpenedVaultRoot(
        root,
        new FileAnchor(files.anchorFile(), root),
        new FileEpochKeys(files.epochsFile(), root, random));
  }

  private static OpenedVaultRoot inToken(HardwareToken token, SecureRandom random)
      throws HardwareTokenException {
    OpenedVaultRoot opened = null;
    try {
      opened =
          new OpenedVaultRoot(
              Pkcs11Root.of(token, random),
              new Pkcs11Anchor(token, random),
              new Pkcs11EpochKeys(token));
      return opened;
    } finally {
      if (opened == null) {
        token.close();
      }
    }
  }

  /** Forgets the keys, or logs out. */
  @Override
  public void close() {
    root.close();
  }
}
