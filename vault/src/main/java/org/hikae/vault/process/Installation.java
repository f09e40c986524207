package org.hikae.vault.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Ids;
import org.hikae.vault.root.RootFile;
import org.hikae.vault.root.SoftwareRoot;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;

/**
 * Makes a new vault: software root, offline vault root key and the first card. Never replaces
 * anything: another root would make every record unreadable.
 */
public final class Installation {

  private static final long FIRST_SEQUENCE = 1;

  private Installation() {}

  /**
   * Makes the files of {@code config.stateDir()} and {@code vaultRootFile}.
   *
   * @param vaultRootFile where the offline vault root key goes; the operator moves it away
   * @return the card
   * @throws FileAlreadyExistsException when a file is there already
   */
  public static SignedCard create(
      VaultConfig config, Path vaultRootFile, SecretBytes passphrase, SecureRandom random)
      throws IOException {
    for (Path file : new Path[] {config.rootFile(), config.cardFile(), vaultRootFile}) {
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
    }
    Files.createDirectories(config.stateDir());
    Files.setPosixFilePermissions(config.stateDir(), PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(config.storeDir());
    SigningKey vaultRoot = SigningKey.generate(random);
    try (SoftwareRoot root = SoftwareRoot.generate(random)) {
      SignedCard card = sign(card(config.tenant(), root), vaultRoot);
      writeVaultRoot(vaultRootFile, vaultRoot);
      RootFile.write(config.rootFile(), root, passphrase, random);
      RootFile.createOwnerOnly(config.cardFile(), card.encode());
      return card;
    }
  }

  private static VaultCard card(String tenant, SoftwareRoot root) {
    return new VaultCard(
        FIRST_SEQUENCE,
        tenant,
        root.identity().publicKey().encode(),
        root.channel().publicKey().encodeUncompressed(),
        root.ake().publicKey().encode(),
        root.name());
  }

  private static SignedCard sign(VaultCard card, SigningKey vaultRoot) {
    return new SignedCard(
        card.signedBytes(), vaultRoot.publicKey().encode(), vaultRoot.sign(card.transcript()));
  }

  private static void writeVaultRoot(Path file, SigningKey vaultRoot) throws IOException {
    try (SecretBytes secret = vaultRoot.encode()) {
      String text =
          "# Hikae vault root key (P-256). Signs the vault's cards. Keep it offline.\n"
              + Ids.hex(secret.expose())
              + "\n";
      RootFile.createOwnerOnly(file, text.getBytes(StandardCharsets.US_ASCII));
    }
  }
}
