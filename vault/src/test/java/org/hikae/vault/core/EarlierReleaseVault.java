package org.hikae.vault.core;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.testing.SettableClock;
import org.hikae.vault.account.Account;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.database.JdbcVaultStore;
import org.hikae.vault.port.TokenVerifier;
import org.hikae.vault.port.VaultDependencies;
import org.hikae.vault.process.VaultConfig;
import org.hikae.vault.root.OpenedVaultRoot;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.wire.SignedCard;

/**
 * The files of a vault of version 1.0, taken over by this one; {@code earlier/README.md} beside
 * them says how they were made.
 */
final class EarlierReleaseVault implements AutoCloseable {

  static final String PASSWORD = "twelve characters";

  private static final String PASSPHRASE = "a good passphrase of the test";
  private static final String STATE = "state/";

  final SettableClock clock;
  private final SecureRandom random = new SecureRandom();
  private final Properties told = new Properties();
  private final VaultConfig config;
  private final SignedCard card;
  private OpenedVaultRoot opened;
  private JdbcVaultStore store;
  private VaultCore vault;

  /**
   * Puts the files into a folder and starts.
   *
   * @param later so long after the vault was stopped
   */
  EarlierReleaseVault(Path folder, Duration later) throws Exception {
    unpack(folder);
    Path file = folder.resolve("vault.properties");
    Files.writeString(
        file,
        String.join(
            "\n",
            "tenant=" + VaultFixture.TENANT,
            "issuer=" + VaultFixture.ISSUER,
            "jwks-url=" + VaultFixture.ISSUER + "/certs",
            "socket=" + folder.resolve("v.sock"),
            "allowed-uid=12345",
            "state-dir=" + folder.resolve(STATE)));
    config = VaultConfig.read(file);
    card = SignedCard.parse(Files.readAllBytes(config.cardFile()));
    clock = new SettableClock(stopped().plus(later));
    start();
  }

  private void unpack(Path folder) throws IOException {
    try (InputStream in = EarlierReleaseVault.class.getResourceAsStream("earlier/vault.zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] bytes = zip.readAllBytes();
        if (entry.getName().startsWith(STATE)) {
          Path file = folder.resolve(entry.getName());
          Files.createDirectories(file.getParent());
          Files.write(file, bytes);
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } else {
          told.load(new ByteArrayInputStream(bytes));
        }
      }
    }
  }

  private void start() throws Exception {
    SecretBytes secret = SecretBytes.copyOf(PASSPHRASE.getBytes(StandardCharsets.UTF_8));
    opened = OpenedVaultRoot.open(config.root(), secret, random);
    VaultConfig.DatabaseLocation.Embedded database =
        (VaultConfig.DatabaseLocation.Embedded) config.database();
    byte[] check = opened.root().hmac(Transcript.of("vault store check"));
    store = JdbcVaultStore.h2(database.directory(), check);
    if (!store.lease()) {
      throw new IllegalStateException("somebody else has the store");
    }
    vault =
        new VaultCore(
            card,
            new VaultDependencies(
                opened.root(),
                opened.anchor(),
                null,
                opened.epochs(),
                store,
                (token, deviceKey) -> verify(token),
                clock,
                clock::uptime,
                random),
            new VaultCore.VaultSettings(VaultFixture.RETENTION, VaultLimits.WAITS));
  }

  private static TokenVerifier.TokenBearer verify(String token) {
    int bar = token.indexOf('|');
    long authTime = Long.parseLong(token.substring(bar + 1));
    return new TokenVerifier.TokenBearer(
        VaultFixture.ISSUER, token.substring(0, bar), Instant.ofEpochSecond(authTime));
  }

  /** Stops it and starts it again. */
  void restart() throws Exception {
    stop();
    start();
  }

  private void stop() {
    vault.rest();
    store.close();
    opened.close();
  }

  VaultCore vault() {
    return vault;
  }

  /** When the earlier one was stopped. */
  Instant stopped() {
    return Instant.parse(told.getProperty("now"));
  }

  long number(String name) {
    return Long.parseLong(told.getProperty(name));
  }

  byte[] bytes(String name) {
    return HexFormat.of().parseHex(told.getProperty(name));
  }

  /** Whether the device counts as one of the set of its employee's password. */
  boolean knows(String name) throws CryptoException, MalformedException {
    Hash256 employee = VaultFixture.employee(name.substring(0, name.indexOf('.')));
    byte[] account = store.transact(rows -> rows.account(employee)).orElseThrow();
    return Account.decode(account).knows(Id128.of(device(name).deviceId()));
  }

  /** A device that spoke to the earlier one, such as {@code bob.first}. */
  TestDevice device(String name) throws CryptoException {
    String subject = name.substring(0, name.indexOf('.'));
    TestDevice device =
        new TestDevice(
            message -> vault.answer(message),
            card,
            clock,
            () -> subject + "|" + clock.instant().getEpochSecond(),
            random);
    device.deviceKey = key(name + ".device");
    device.ownerKey = key(name + ".owner");
    device.setId = bytes(name + ".set");
    return device;
  }

  private SigningKey key(String name) throws CryptoException {
    return SigningKey.decode(SecretBytes.take(bytes(name)), random);
  }

  @Override
  public void close() {
    stop();
  }
}
