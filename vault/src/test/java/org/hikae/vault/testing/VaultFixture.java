package org.hikae.vault.testing;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.testing.SettableClock;
import org.hikae.vault.account.Account;
import org.hikae.vault.core.VaultCore;
import org.hikae.vault.database.InMemoryVaultStore;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.port.LedgerWitness;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.port.TokenRefusedException;
import org.hikae.vault.port.TokenVerifier;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.port.VaultDependencies;
import org.hikae.vault.port.VaultStore;
import org.hikae.vault.port.VaultStore.Rows;
import org.hikae.vault.root.software.SoftwareRoot;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import org.jspecify.annotations.Nullable;

/**
 * A vault over a store in memory and a real software root, with anchor, epoch keys, clock and token
 * check of the test.
 */
public final class VaultFixture implements AutoCloseable {

  public static final String TENANT = "demo";
  public static final String ISSUER = "https://sso.example.test/realms/hikae";
  public static final String REFUSED_TOKEN = "refused";
  public static final String OUTAGE_TOKEN = "outage";

  /** No waits between attempts. */
  public static final List<Duration> NO_WAITS = Collections.nCopies(7, Duration.ZERO);

  public static final Duration RETENTION = Duration.ofDays(35);

  public final SecureRandom random = new SecureRandom();
  public final SettableClock clock =
      new SettableClock(Instant.parse("2026-11-24T09:00:00.123456Z"));
  public final SigningKey vaultRoot = SigningKey.generate(random);
  public final InstrumentedRootKey root = new InstrumentedRootKey(SoftwareRoot.generate(random));
  public final SignedCard card = sign(cardOf(root, 1), vaultRoot);
  public final FakeAnchor anchor = new FakeAnchor();
  @Nullable public LedgerWitness witness;
  public TokenVerifier tokens = this::verify;
  public final FakeEpochKeys epochs = new FakeEpochKeys(random);
  final List<Duration> waits;
  public InMemoryVaultStore store = new InMemoryVaultStore();
  public VaultCore vault;

  /** Without waits between attempts. */
  public VaultFixture() {
    this(NO_WAITS);
  }

  public VaultFixture(List<Duration> waits) {
    this.waits = waits;
    restart();
  }

  /** Starts the vault, again, on the same store. */
  public void restart() {
    vault = another(store, anchor);
  }

  /** Starts the vault in a new process, after the one before was killed. */
  public void comeBack() {
    store = new InMemoryVaultStore(store.disk());
    restart();
  }

  /** The same with another root object. */
  public void restart(RootKey other) {
    vault = another(store, anchor, other);
  }

  /** Another vault with the same root, over this store and anchor. */
  public VaultCore another(VaultStore over, LedgerAnchor under) {
    return another(over, under, root);
  }

  private VaultCore another(VaultStore over, LedgerAnchor under, RootKey with) {
    return another(over, under, with, card);
  }

  /** Starts the vault with another card, whose keys {@code with} has. */
  public void restart(RootKey with, SignedCard other) {
    vault = another(store, anchor, with, other);
  }

  private VaultCore another(VaultStore over, LedgerAnchor under, RootKey with, SignedCard served) {
    try {
      return new VaultCore(
          served,
          new VaultDependencies(
              with, under, witness, epochs, over, tokens, clock, clock::uptime, random),
          new VaultCore.VaultSettings(RETENTION, waits));
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  public static Hash256 employee(String subject) {
    return LedgerEntry.employeeOf(TENANT, ISSUER, subject);
  }

  /** The account as it lies in the store. */
  public Account account(String subject) {
    return store.transact(rows -> decode(rows.account(employee(subject)).orElseThrow()));
  }

  private static Account decode(byte[] bytes) {
    try {
      return Account.decode(bytes);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /** Writes past the vault, as somebody with the database's password. */
  public void tamper(Consumer<Rows> with) {
    store.transact(
        rows -> {
          with.accept(rows);
          return rows;
        });
  }

  public static VaultCard cardOf(RootKey root, long sequence) {
    return new VaultCard(
        sequence,
        TENANT,
        root.identity().publicKey().encode(),
        root.channel().publicKey().encodeUncompressed(),
        root.ake().publicKey().encode(),
        root.name());
  }

  public static SignedCard sign(VaultCard card, SigningKey vaultRoot) {
    return new SignedCard(
        card.signedBytes(), vaultRoot.publicKey().encode(), vaultRoot.sign(card.transcript()));
  }

  /** A token here is {@code sub|auth_time}; the real check has its own tests. */
  private TokenVerifier.TokenBearer verify(String token, byte[] deviceKey)
      throws TokenRefusedException {
    if (token.equals(REFUSED_TOKEN)) {
      throw new TokenRefusedException("The test refuses this token.");
    }
    if (token.equals(OUTAGE_TOKEN)) {
      throw new UnavailableException("The sign-on does not answer.", null);
    }
    int bar = token.indexOf('|');
    String authTime = token.substring(bar + 1);
    return new TokenVerifier.TokenBearer(
        ISSUER,
        token.substring(0, bar),
        authTime.isEmpty() ? null : Instant.ofEpochSecond(Long.parseLong(authTime)));
  }

  public String tokenFor(String subject) {
    return subject + "|" + clock.instant().getEpochSecond();
  }

  /** A device of an employee; looks up the vault at each message, for tests that restart it. */
  public TestDevice device(String subject) {
    return device(() -> tokenFor(subject));
  }

  /** One that has a token, and whose employee signed in long ago. */
  public TestDevice unattended(String subject) {
    return device(() -> subject + "|");
  }

  private TestDevice device(Supplier<String> token) {
    return new TestDevice(bytes -> vault.answer(bytes), card, clock, token, random);
  }

  @Override
  public void close() {
    store.close();
  }
}
