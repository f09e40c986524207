package org.hikae.it.stack;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.testing.BuildOutput;

/** The vault's own process, as shipped, on a state of its own. */
public final class VaultServerProcess implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final Path folder;

  /** The folder of the socket. */
  private final Path socketFolder;

  private final Path socket;
  private final URI issuer;
  private final Optional<VaultTlsFiles> link;
  private final Map<String, String> more;
  private ManagedProcess process;

  private VaultServerProcess(
      Path folder,
      Path socketFolder,
      URI issuer,
      Optional<VaultTlsFiles> link,
      Map<String, String> more)
      throws IOException {
    this.folder = folder;
    this.socketFolder = socketFolder;
    this.socket = socketFolder.resolve("vault.sock");
    this.issuer = issuer;
    this.link = link;
    this.more = Map.copyOf(more);
    this.process = launch();
  }

  static VaultServerProcess start(Path folder, URI issuer, Optional<VaultTlsFiles> link)
      throws IOException, InterruptedException {
    return start(folder, issuer, link, Map.of());
  }

  /** The same with more settings of {@code scripts/run-vault}. */
  static VaultServerProcess start(
      Path folder, URI issuer, Optional<VaultTlsFiles> link, Map<String, String> more)
      throws IOException, InterruptedException {
    // The path of a socket may have 107 bytes only, and the reactor may lie deep.
    Path socketFolder = Files.createTempDirectory("hikae");
    VaultServerProcess vault = new VaultServerProcess(folder, socketFolder, issuer, link, more);
    vault.awaitReady();
    return vault;
  }

  /** What devices pin. */
  public String rootFingerprint() throws IOException {
    return Files.readString(folder.resolve("root-fingerprint")).strip();
  }

  /** The vault's own database, card and root key. */
  public Path stateFolder() {
    return folder.resolve("state");
  }

  /** The configuration, for {@code hikae-vault}'s other commands. */
  public Path configuration() {
    return folder.resolve("vault.properties");
  }

  /** What opens the root key. */
  public String passphrase() throws IOException {
    return Files.readString(folder.resolve("passphrase"));
  }

  /** A custodian's key, 1 or 2, which in production is kept offline. */
  public Path custodian(int number) {
    return folder.resolve("offline-keeper-" + number + ".key");
  }

  public Path log() {
    return process.log();
  }

  /** The vault's process id, for heap dumps. */
  public long pid() {
    return process.serverPid();
  }

  /** Ends the vault without warning. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  /** Starts a vault that was killed, on the same state. */
  public void restart() throws IOException, InterruptedException {
    process = launch();
    awaitReady();
  }

  /** Ends the vault in order. */
  public void stop() {
    process.close();
  }

  /** Starts it again on the same state; it may then serve or have closed itself. */
  public void startAgain() throws IOException, InterruptedException {
    process = launch();
    awaitReady();
  }

  Map<String, String> portalEnvironment() {
    return link.map(VaultTlsFiles::portalEnvironment)
        .orElseGet(() -> Map.of("HIKAE_VAULT_SOCKET", socket.toString()));
  }

  @Override
  public void close() throws IOException {
    process.close();
    Files.deleteIfExists(socket);
    Files.deleteIfExists(socketFolder);
  }

  private ManagedProcess launch() throws IOException {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("HIKAE_OIDC_PROVIDER_URL", issuer.toString());
    environment.put("HIKAE_VAULT_SOCKET", socket.toString());
    link.ifPresent(tls -> environment.putAll(tls.vaultEnvironment()));
    return ManagedProcess.start(
        "vault",
        folder.resolveSibling("vault.log"),
        environment,
        List.of("bash", BuildOutput.script("run-vault").toString(), folder.toString()));
  }

  private void awaitReady() throws InterruptedException {
    process.await(
        START_LIMIT,
        () -> {
          try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket));
          }
        });
  }
}
