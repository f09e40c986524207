package org.hikae.vault.process;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.core.Custodians;
import org.hikae.vault.core.VaultCore;
import org.hikae.vault.database.JdbcVaultStore;
import org.hikae.vault.ledger.VaultClosedException;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.port.TokenVerifier;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.port.VaultDependencies;
import org.hikae.vault.port.VaultStore;
import org.hikae.vault.process.VaultConfig.DatabaseLocation;
import org.hikae.vault.root.OpenedVaultRoot;
import org.hikae.vault.root.RenewedRoot;
import org.hikae.vault.root.software.SoftwareRoot;
import org.hikae.vault.secret.CredentialFilePassword;
import org.hikae.vault.token.KeycloakTokenVerifier;
import org.hikae.vault.token.RealmKeys;
import org.hikae.vault.token.TokenBinding;
import org.hikae.vault.wire.MutualTls;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.witness.FileLedgerWitness;

/** A running vault: root, store, token check and socket, put together and taken apart in order. */
public final class VaultProcess implements AutoCloseable {

  /** What an operator is told whenever the root is in software. */
  public static final String SOFTWARE_ROOT_WARNING =
      "The vault's root key is kept in software. Whoever gets the key file with its"
          + " passphrase, or root on this host, can guess the passwords of all employees who chose"
          + " one. Use a hardware token in production.";

  /** What an operator is told while tokens need not be bound to devices. */
  static final String UNBOUND_TOKENS_WARNING =
      "The vault takes tokens that are not bound to a device. A portal in wrong hands can then"
          + " speak to it in the name of whoever signs in. Set bound-tokens=required when every"
          + " agent is of a release that has them.";

  private static final Logger LOG = System.getLogger(VaultProcess.class.getName());

  private final OpenedVaultRoot root;
  private final VaultStore store;
  private final VaultCore vault;
  private final VaultServer server;

  private VaultProcess(
      OpenedVaultRoot root, VaultStore store, VaultCore vault, VaultServer server) {
    this.root = root;
    this.store = store;
    this.vault = vault;
    this.server = server;
  }

  /**
   * Starts with an opened root, which the running vault closes at its end.
   *
   * @throws IOException when card, certificates or socket cannot be used
   * @throws MalformedException when the card file holds no card
   * @throws org.hikae.vault.port.UnavailableException when the store cannot be opened
   * @throws org.hikae.vault.port.TamperedException when the store belongs to another root
   */
  public static VaultProcess start(
      VaultConfig config, OpenedVaultRoot opened, Clock clock, SecureRandom random)
      throws IOException, MalformedException {
    return start(config, opened, clock, random, VaultLimits.WAITS);
  }

  /** The same with other waits between attempts, for tests. */
  static VaultProcess start(
      VaultConfig config,
      OpenedVaultRoot opened,
      Clock clock,
      SecureRandom random,
      List<Duration> waits)
      throws IOException, MalformedException {
    SignedCard card = SignedCard.parse(Files.readAllBytes(config.cardFile()));
    RootKey root = RenewedRoot.of(opened.root(), VaultCard.parse(card.card()).history(), random);
    if (root.name().equals(SoftwareRoot.NAME)) {
      LOG.log(Level.WARNING, SOFTWARE_ROOT_WARNING);
    }
    if (config.signOn().binding() == TokenBinding.OPTIONAL) {
      LOG.log(Level.WARNING, UNBOUND_TOKENS_WARNING);
    }
    TokenVerifier tokens = tokens(config.signOn(), clock);
    VaultStore store = store(config.database(), storeCheck(root));
    VaultServer server = null;
    try {
      if (!store.lease() && config.database() instanceof DatabaseLocation.Embedded) {
        throw new UnavailableException("Another vault has this vault's database open.", null);
      }
      VaultCore vault =
          new VaultCore(
              card,
              new VaultDependencies(
                  root,
                  opened.anchor(),
                  config.upkeep().witnessFile().map(FileLedgerWitness::new).orElse(null),
                  opened.epochs(),
                  store,
                  tokens,
                  clock,
                  () -> Duration.ofNanos(System.nanoTime()),
                  random),
              new VaultCore.VaultSettings(config.upkeep().backupRetention(), waits));
      Custodians custodians =
          Custodians.parse(Files.readAllBytes(config.custodiansFile()), card.rootKey());
      server =
          VaultServer.start(
              vault,
              new OperatorHandler(vault, vault.dualControl(custodians)),
              listeners(config.listeners()));
      return new VaultProcess(opened, store, vault, server);
    } catch (CryptoException e) {
      throw new MalformedException(
          "The keepers in " + config.custodiansFile() + " are not this vault's.");
    } finally {
      if (server == null) {
        store.close();
      }
    }
  }

  private static TokenVerifier tokens(VaultConfig.SignOn config, Clock clock) throws IOException {
    return new KeycloakTokenVerifier(
        config.issuer(),
        RealmKeys.at(config.jwksUrl(), config.jwksCaFile()),
        clock,
        config.binding());
  }

  private static List<VaultListener> listeners(VaultConfig.Listeners config) throws IOException {
    List<VaultListener> listeners = new ArrayList<>();
    try {
      if (config.tls().isPresent()) {
        VaultConfig.Tls tls = config.tls().get();
        listeners.add(
            TlsListener.open(
                new InetSocketAddress(tls.host(), tls.port()),
                secrets(tls),
                VaultServer.MAX_CONNECTIONS));
        LOG.log(Level.INFO, "The vault serves {0}:{1}.", tls.host(), Integer.toString(tls.port()));
      }
      listeners.add(
          UnixSocketListener.open(
              config.socket(), config.allowedUid(), VaultServer.MAX_CONNECTIONS));
      LOG.log(Level.INFO, "The vault serves {0}.", config.socket());
      return listeners;
    } catch (IOException e) {
      for (VaultListener vaultListener : listeners) {
        vaultListener.close();
      }
      throw e;
    }
  }

  private static SSLContext secrets(VaultConfig.Tls tls) throws IOException {
    try (SecretBytes password =
        CredentialFilePassword.fromFile("key store password", tls.passwordFile())) {
      char[] characters = new String(password.expose(), StandardCharsets.UTF_8).toCharArray();
      return MutualTls.context(tls.keyStore(), characters, tls.peers());
    }
  }

  private static VaultStore store(DatabaseLocation database, byte[] rootCheck) throws IOException {
    return switch (database) {
      case DatabaseLocation.Embedded h2 -> {
        Files.createDirectories(h2.directory());
        yield JdbcVaultStore.h2(h2.directory(), rootCheck);
      }
      case DatabaseLocation.Postgresql server -> {
        try (SecretBytes password =
            CredentialFilePassword.fromFile("database password", server.passwordFile())) {
          yield JdbcVaultStore.postgresql(server.url(), server.user(), password, rootCheck);
        }
      }
    };
  }

  /** A value only this root gives; the store remembers it. */
  private static byte[] storeCheck(RootKey root) {
    return root.hmac(Transcript.of("vault store check"));
  }

  /** Stops serving, then closes the store, then forgets the keys. */
  @Override
  public void close() {
    server.close();
    rest();
    store.close();
    root.close();
    LOG.log(Level.INFO, "The vault stopped.");
  }

  /** A quick next start is not worth a failed stop. */
  private void rest() {
    try {
      vault.rest();
    } catch (UnavailableException | VaultClosedException e) {
      LOG.log(Level.INFO, "No checkpoint was written: {0}", e.getMessage());
    }
  }
}
