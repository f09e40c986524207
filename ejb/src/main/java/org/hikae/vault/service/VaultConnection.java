package org.hikae.vault.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.hikae.hk1.MalformedException;
import org.hikae.metrics.service.Meters;
import org.hikae.runtime.control.VaultAddress;
import org.hikae.runtime.service.Settings;
import org.hikae.vault.wire.MutualTls;
import org.hikae.vault.wire.VaultFrame;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges one frame with the vault within a fixed time. A bounded number of exchanges runs at
 * once. All failures are {@link VaultUnavailableException}: nobody can tell from here whether the
 * vault saw a request, so nothing is sent twice.
 */
@ApplicationScoped
public class VaultConnection {

  /** Exchanges at once; further ones are refused. */
  static final int MAX_EXCHANGES = 64;

  private static final System.Logger LOG = System.getLogger(VaultConnection.class.getName());
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private final Semaphore free = new Semaphore(MAX_EXCHANGES);
  private final @Nullable VaultTransport vaultTransport;
  private final Duration longest;
  private final Meters meters;

  /** For the container's proxies. */
  protected VaultConnection() {
    this(null, LONGEST, new Meters());
  }

  /** The transport that the settings name. */
  @Inject
  public VaultConnection(Settings settings, Meters meters) {
    this(transport(settings), LONGEST, meters);
  }

  VaultConnection(@Nullable VaultTransport vaultTransport, Duration longest, Meters meters) {
    this.vaultTransport = vaultTransport;
    this.longest = longest;
    this.meters = meters;
  }

  private static @Nullable VaultTransport transport(Settings settings) {
    VaultAddress address = settings.vaultAddress();
    if (address != null) {
      return new TlsVaultTransport(
          new TlsVaultTransport.Place(
              address.host(),
              address.port(),
              () ->
                  MutualTls.context(
                      address.keyStore(),
                      address.keyStorePassword().toCharArray(),
                      address.certificates())));
    }
    Path socket = settings.vaultSocket();
    return socket == null ? null : new UnixVaultTransport(socket);
  }

  /** Makes this bean when the portal starts, so that wrong settings end the start. */
  void atStart(@Observes @Initialized(ApplicationScoped.class) Object started) {
    LOG.log(
        System.Logger.Level.INFO,
        vaultTransport == null ? "No vault is configured." : "The vault is at {0}.",
        vaultTransport);
  }

  /** Whether there is a vault at all. */
  public boolean isConfigured() {
    return vaultTransport != null;
  }

  /** Sends a frame and returns the vault's answer of the same kind. */
  public VaultFrame exchange(VaultFrame request) throws VaultUnavailableException {
    if (vaultTransport == null) {
      throw new VaultUnavailableException("No vault is configured.");
    }
    if (!free.tryAcquire()) {
      throw new VaultUnavailableException("Too many exchanges with the vault at once.");
    }
    boolean answered = false;
    try {
      VaultFrame answer = vaultTransport.ask(request, System.nanoTime() + longest.toNanos());
      if (answer.kind() != request.kind()) {
        throw new VaultUnavailableException("The vault answered with a frame of another kind.");
      }
      answered = true;
      return answer;
    } catch (IOException | MalformedException e) {
      throw new VaultUnavailableException(String.valueOf(e.getMessage()));
    } finally {
      free.release();
      meters.askedVault(answered);
    }
  }
}
