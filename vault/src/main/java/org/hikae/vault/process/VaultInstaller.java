package org.hikae.vault.process;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.core.CardVerifier;
import org.hikae.vault.core.Custodians;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.root.OpenedVaultRoot;
import org.hikae.vault.root.RenewedRoot;
import org.hikae.vault.root.contract.RootExistsException;
import org.hikae.vault.root.contract.RootLocation;
import org.hikae.vault.root.pkcs11.HardwareTokenException;
import org.hikae.vault.root.software.RootFileException;
import org.hikae.vault.secret.DurableFile;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.wire.VaultCard.History;

/**
 * Makes a new vault: root, offline vault root key and the first card. Never replaces anything:
 * another root would make every record unreadable.
 */
public final class VaultInstaller {

  private static final long FIRST_SEQUENCE = 1;

  private VaultInstaller() {}

  private static final String CUSTODIAN =
      "Hikae keeper key (P-256), one of two. Reopens a closed vault, deletes records. Keep it"
          + " offline, apart from the other.";

  /**
   * Files for the keys that are kept offline, each by another person.
   *
   * @param vaultRoot signs cards
   * @param firstCustodian one of the two custodians
   * @param secondCustodian the other
   */
  public record OfflineKeyFiles(Path vaultRoot, Path firstCustodian, Path secondCustodian) {}

  /** Where the keys of the root come from. */
  public enum KeySource {
    /** Made now. */
    NEW,
    /** Made before, by the token's own tools. */
    IN_TOKEN
  }

  /**
   * Makes the root, the files of {@code config.stateDir()} and the offline keys.
   *
   * @param offline where the offline keys go; the operator moves them away
   * @param secret passphrase or PIN
   * @return the card
   * @throws FileAlreadyExistsException when a file is there already
   * @throws RootExistsException when the token holds a root already
   * @throws HardwareTokenException when the token cannot be used
   */
  public static SignedCard create(
      VaultConfig config,
      OfflineKeyFiles offline,
      SecretBytes secret,
      KeySource keys,
      SecureRandom random)
      throws IOException, RootExistsException, RootFileException, HardwareTokenException {
    for (Path file : files(config, offline)) {
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
    }
    Files.createDirectories(config.stateDir());
    Files.setPosixFilePermissions(config.stateDir(), PosixFilePermissions.fromString("rwx------"));
    SigningKey vaultRoot = SigningKey.generate(random);
    try (OpenedVaultRoot opened =
        keys == KeySource.NEW
            ? OpenedVaultRoot.create(config.root(), secret, random)
            : OpenedVaultRoot.open(config.root(), secret, random)) {
      SignedCard card = sign(card(config.tenant(), opened.root()), vaultRoot);
      OfflineKeyFile.write(
          offline.vaultRoot(),
          "Hikae vault root key (P-256). Signs cards. Keep it offline.",
          vaultRoot);
      SigningKey first = SigningKey.generate(random);
      SigningKey second = SigningKey.generate(random);
      OfflineKeyFile.write(offline.firstCustodian(), CUSTODIAN, first);
      OfflineKeyFile.write(offline.secondCustodian(), CUSTODIAN, second);
      DurableFile.create(
          config.custodiansFile(), custodians(config.tenant(), first, second, vaultRoot).encode());
      DurableFile.create(config.cardFile(), card.encode());
      return card;
    }
  }

  /** What is made anew. */
  public enum RenewedKey {
    /** The key that signs receipts. */
    IDENTITY,
    /** The key that messages are sealed to. */
    CHANNEL
  }

  /**
   * Makes keys anew and signs the next card; the running vault serves it after a restart. Records
   * stay as they are.
   *
   * @param vaultRoot the offline vault root key
   * @param former whether receipts of the identity keys before are still good
   * @throws IOException when the card cannot be used, or {@code vaultRoot} did not sign it
   */
  public static SignedCard renew(
      VaultConfig config,
      RootKey root,
      Set<RenewedKey> what,
      SigningKey vaultRoot,
      boolean former,
      SecureRandom random)
      throws IOException, MalformedException {
    SignedCard signed = SignedCard.parse(Files.readAllBytes(config.cardFile()));
    if (!MessageDigest.isEqual(signed.rootKey(), vaultRoot.publicKey().encode())) {
      throw new IOException("This is not the vault root key that signed the card.");
    }
    VaultCard card = VaultCard.parse(signed.card());
    CardVerifier.requireKeysOf(card, RenewedRoot.of(root, card.history(), random));
    History history = next(card, what, former);
    RootKey renewed = RenewedRoot.of(root, history, random);
    SignedCard next =
        sign(
            new VaultCard(
                card.sequence() + 1,
                card.tenant(),
                renewed.identity().publicKey().encode(),
                renewed.channel().publicKey().encodeUncompressed(),
                card.akeKey(),
                card.rootName(),
                history),
            vaultRoot);
    DurableFile.replace(config.cardFile(), next.encode());
    return next;
  }

  private static History next(VaultCard card, Set<RenewedKey> what, boolean former) {
    History now = card.history();
    List<byte[]> identities = new ArrayList<>(former ? now.formerIdentities() : List.of());
    int identity = now.identityNumber();
    if (what.contains(RenewedKey.IDENTITY)) {
      identity++;
      if (former) {
        identities.add(card.identityKey());
      }
    }
    int over = Math.max(0, identities.size() - History.MAX_FORMER);
    int channel = now.channelNumber() + (what.contains(RenewedKey.CHANNEL) ? 1 : 0);
    return new History(identity, channel, identities.subList(over, identities.size()));
  }

  private static List<Path> files(VaultConfig config, OfflineKeyFiles offline) {
    List<Path> files =
        new ArrayList<>(
            List.of(
                config.cardFile(),
                config.custodiansFile(),
                offline.vaultRoot(),
                offline.firstCustodian(),
                offline.secondCustodian()));
    if (config.root() instanceof RootLocation.Software software) {
      files.add(software.rootFile());
    }
    return files;
  }

  private static Custodians custodians(
      String tenant, SigningKey first, SigningKey second, SigningKey vaultRoot) {
    byte[] one = first.publicKey().encode();
    byte[] two = second.publicKey().encode();
    return new Custodians(
        tenant, one, two, vaultRoot.sign(Custodians.transcript(tenant, one, two)));
  }

  private static VaultCard card(String tenant, RootKey root) {
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
}
