package org.hikae.vault.core;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.vault.root.SoftwareRoot;
import org.hikae.vault.store.H2RecordStore;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;

/**
 * A vault over a real store and a real software root, with a clock and a token check of the test.
 */
final class VaultWorld implements AutoCloseable {

  static final String TENANT = "demo";
  static final String ISSUER = "https://sso.example.test/realms/hikae";
  static final String REFUSED_TOKEN = "refused";
  static final String OUTAGE_TOKEN = "outage";

  final SecureRandom random = new SecureRandom();
  final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T09:00:00.123456Z"));
  final SigningKey vaultRoot = SigningKey.generate(random);
  final WatchedRoot root = new WatchedRoot(SoftwareRoot.generate(random), () -> {});
  final SignedCard card = sign(cardOf(root, 1), vaultRoot);
  private final Path directory;
  RecordStore store;
  Vault vault;

  VaultWorld(Path directory) {
    this.directory = directory;
    open();
  }

  private void open() {
    store = H2RecordStore.open(directory, root.hmac(Transcript.of("test store")));
    try {
      vault = new Vault(card, new Vault.Ports(root, store, this::verify, clock, random));
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /** Stops the vault and starts it again on the same store. */
  void restart() {
    store.close();
    open();
  }

  /** Runs SQL as somebody with write access to the database file, while the vault is stopped. */
  void tamper(String... statements) {
    store.close();
    String url = "jdbc:h2:file:" + directory.toAbsolutePath().resolve("vault");
    try (Connection connection = DriverManager.getConnection(url, "vault", "");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    open();
  }

  static VaultCard cardOf(RootKey root, long sequence) {
    return new VaultCard(
        sequence,
        TENANT,
        root.identity().publicKey().encode(),
        root.channel().publicKey().encodeUncompressed(),
        root.ake().publicKey().encode(),
        root.name());
  }

  static SignedCard sign(VaultCard card, SigningKey vaultRoot) {
    return new SignedCard(
        card.signedBytes(), vaultRoot.publicKey().encode(), vaultRoot.sign(card.transcript()));
  }

  /** A token here is {@code sub|auth_time}; the real check has its own tests. */
  private TokenVerifier.Bearer verify(String token) throws TokenRefusedException {
    if (token.equals(REFUSED_TOKEN)) {
      throw new TokenRefusedException("The test refuses this token.");
    }
    if (token.equals(OUTAGE_TOKEN)) {
      throw new UnavailableException("The sign-on does not answer.", null);
    }
    int bar = token.indexOf('|');
    String authTime = token.substring(bar + 1);
    return new TokenVerifier.Bearer(
        ISSUER,
        token.substring(0, bar),
        authTime.isEmpty() ? null : Instant.ofEpochSecond(Long.parseLong(authTime)));
  }

  String tokenFor(String subject) {
    return subject + "|" + clock.instant().getEpochSecond();
  }

  TestDevice device(String subject) {
    return new TestDevice(vault::answer, card, clock, () -> tokenFor(subject), random);
  }

  /** The same, but looks up the vault at each message, for tests that restart it. */
  TestDevice lastingDevice(String subject) {
    return new TestDevice(
        bytes -> vault.answer(bytes), card, clock, () -> tokenFor(subject), random);
  }

  @Override
  public void close() {
    store.close();
  }
}
