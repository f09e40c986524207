package org.hikae.vault.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;

/** The Unix domain socket: the peer's user decides (spec HK1-V-13). */
final class UnixSocketListener implements VaultListener {

  private final Path socket;
  private final ServerSocketChannel listener;
  private final PeerCredentialCheck peers;

  private UnixSocketListener(Path socket, ServerSocketChannel listener, PeerCredentialCheck peers) {
    this.socket = socket;
    this.listener = listener;
    this.peers = peers;
  }

  /**
   * Binds the socket.
   *
   * @param allowedUid the user that may come in besides the vault's own
   */
  static UnixSocketListener open(Path socket, OptionalInt allowedUid, int backlog)
      throws IOException {
    removeStale(socket);
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket), backlog);
    // Group and others may connect as far as files go: the peer check decides.
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
    return new UnixSocketListener(socket, listener, PeerCredentialCheck.of(allowedUid, socket));
  }

  /** A socket file that nobody listens on is left over from a killed vault. */
  private static void removeStale(Path socket) throws IOException {
    if (!Files.exists(socket)) {
      return;
    }
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      throw new IOException(
          "Another vault already serves " + probe.getRemoteAddress() + "; stop it first.");
    } catch (SocketException e) {
      Files.delete(socket);
    }
  }

  @Override
  public Peer accept() throws IOException {
    SocketChannel channel = listener.accept();
    if (!peers.allows(channel)) {
      channel.close();
      throw new IOException("It is of another user.");
    }
    return new LocalPeer(channel);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    Files.deleteIfExists(socket);
  }

  private record LocalPeer(SocketChannel channel) implements Peer {

    @Override
    public void greet() {
      // The kernel has said who it is.
    }

    @Override
    public boolean isLocal() {
      return true;
    }

    @Override
    public InputStream in() {
      return Channels.newInputStream(channel);
    }

    @Override
    public OutputStream out() {
      return Channels.newOutputStream(channel);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
