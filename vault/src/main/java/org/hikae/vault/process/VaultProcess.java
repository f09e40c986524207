package org.hikae.vault.process;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.vault.core.RootKey;
import org.hikae.vault.core.TokenVerifier;
import org.hikae.vault.core.Vault;
import org.hikae.vault.root.SoftwareRoot;
import org.hikae.vault.store.H2RecordStore;
import org.hikae.vault.token.KeycloakTokenVerifier;
import org.hikae.vault.token.RealmKeys;
import org.hikae.vault.wire.SignedCard;

/** A running vault: root, store, token check and socket, put together and taken apart in order. */
public final class VaultProcess implements AutoCloseable {

  /** What an operator is told whenever the root is in software. */
  public static final String SOFTWARE_ROOT_WARNING =
      "The vault's root key is kept in software. Whoever gets the key file with its"
          + " passphrase, or root on this host, can guess the passwords of all employees who chose"
          + " one. Use a hardware token in production.";

  private static final Logger LOG = System.getLogger(VaultProcess.class.getName());

  private final RootKey root;
  private final H2RecordStore store;
  private final VaultServer server;

  private VaultProcess(RootKey root, H2RecordStore store, VaultServer server) {
    this.root = root;
    this.store = store;
    this.server = server;
  }

  /**
   * Starts with an opened root.
   *
   * @throws IOException when card, certificates or socket cannot be used
   * @throws MalformedException when the card file holds no card
   * @throws org.hikae.vault.core.UnavailableException when the store cannot be opened
   * @throws org.hikae.vault.core.TamperedException when the store belongs to another root
   */
  public static VaultProcess start(
      VaultConfig config, RootKey root, Clock clock, SecureRandom random)
      throws IOException, MalformedException {
    if (root.name().equals(SoftwareRoot.NAME)) {
      LOG.log(Level.WARNING, SOFTWARE_ROOT_WARNING);
    }
    SignedCard card = SignedCard.parse(Files.readAllBytes(config.cardFile()));
    TokenVerifier tokens =
        new KeycloakTokenVerifier(
            config.issuer(), RealmKeys.at(config.jwksUrl(), config.jwksCaFile()), clock);
    H2RecordStore store = H2RecordStore.open(config.storeDir(), storeCheck(root));
    VaultServer server = null;
    try {
      Vault vault = new Vault(card, new Vault.Ports(root, store, tokens, clock, random));
      server = VaultServer.start(vault, config.socket(), config.allowedUid());
    } finally {
      if (server == null) {
        store.close();
      }
    }
    LOG.log(Level.INFO, "The vault serves {0}.", config.socket());
    return new VaultProcess(root, store, server);
  }

  /** A value only this root gives; the store remembers it. */
  private static byte[] storeCheck(RootKey root) {
    return root.hmac(Transcript.of("vault store check"));
  }

  /** Stops serving, then closes the store, then forgets the keys. */
  @Override
  public void close() {
    server.close();
    store.close();
    root.close();
    LOG.log(Level.INFO, "The vault stopped.");
  }
}
