package org.hikae.vault.service;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.VaultFrame;

/** Over the Unix socket of a vault on this host (HK1-V-13). */
final class UnixVaultTransport implements VaultTransport {

  private static final int HEAD_BYTES = 4;
  private static final int MAX_FRAME_BYTES = HEAD_BYTES + 1 + VaultFrame.MAX_BODY_BYTES;

  private final Path path;

  UnixVaultTransport(Path path) {
    this.path = path;
  }

  @Override
  public VaultFrame ask(VaultFrame request, long deadline) throws IOException, MalformedException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, 0);
      connect(channel, key, path, deadline);
      send(channel, key, ByteBuffer.wrap(request.encode()), deadline);
      return receive(channel, key, deadline);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }

  private static void connect(SocketChannel channel, SelectionKey key, Path path, long deadline)
      throws IOException {
    boolean connected = channel.connect(UnixDomainSocketAddress.of(path));
    while (!connected) {
      await(key, SelectionKey.OP_CONNECT, deadline);
      connected = channel.finishConnect();
    }
  }

  private static void send(SocketChannel channel, SelectionKey key, ByteBuffer bytes, long deadline)
      throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        await(key, SelectionKey.OP_WRITE, deadline);
      }
    }
  }

  private static VaultFrame receive(SocketChannel channel, SelectionKey key, long deadline)
      throws IOException, MalformedException {
    ByteBuffer in = ByteBuffer.allocate(MAX_FRAME_BYTES);
    while (!complete(in)) {
      int count = channel.read(in);
      if (count < 0) {
        throw new IOException("The vault closed the connection.");
      }
      if (count == 0) {
        await(key, SelectionKey.OP_READ, deadline);
      }
    }
    return VaultFrame.read(new ByteArrayInputStream(in.array(), 0, in.position()));
  }

  /** A length that cannot be right counts as complete: reading the frame then refuses it. */
  private static boolean complete(ByteBuffer in) {
    if (in.position() < HEAD_BYTES) {
      return false;
    }
    long length = in.getInt(0) & 0xffff_ffffL;
    return length > MAX_FRAME_BYTES - HEAD_BYTES || in.position() >= HEAD_BYTES + length;
  }

  private static void await(SelectionKey key, int operation, long deadline) throws IOException {
    int millis = VaultTransport.millisUntil(deadline);
    key.interestOps(operation);
    key.selector().select(millis);
    key.selector().selectedKeys().clear();
  }
}
