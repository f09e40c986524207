package org.hikae.vault.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.hikae.hk1.MalformedException;
import org.hikae.runtime.control.Settings;
import org.hikae.vault.wire.VaultFrame;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges one frame with the vault over its Unix socket (HK1-V-13), on a connection of its own,
 * within a fixed time. A bounded number of exchanges runs at once. All failures are {@link
 * VaultUnavailableException}: nobody can tell from here whether the vault saw a request, so nothing
 * is sent twice.
 */
@ApplicationScoped
public class VaultSocket {

  /** Exchanges at once; further ones are refused. */
  static final int MAX_EXCHANGES = 64;

  private static final Duration LONGEST = Duration.ofSeconds(15);

  private static final int HEAD_BYTES = 4;
  private static final int MAX_FRAME_BYTES = HEAD_BYTES + 1 + VaultFrame.MAX_BODY_BYTES;

  private final Semaphore free = new Semaphore(MAX_EXCHANGES);
  private final @Nullable Path path;
  private final Duration longest;

  /** For the container's proxies. */
  protected VaultSocket() {
    this(null, LONGEST);
  }

  /** The socket that the settings name. */
  @Inject
  public VaultSocket(Settings settings) {
    this(settings.vaultSocket(), LONGEST);
  }

  VaultSocket(@Nullable Path path, Duration longest) {
    this.path = path;
    this.longest = longest;
  }

  /** Whether there is a vault at all. */
  public boolean isConfigured() {
    return path != null;
  }

  /** Sends a frame and returns the vault's answer of the same kind. */
  public VaultFrame exchange(VaultFrame request) throws VaultUnavailableException {
    if (path == null) {
      throw new VaultUnavailableException("No vault is configured.");
    }
    if (!free.tryAcquire()) {
      throw new VaultUnavailableException("Too many exchanges with the vault at once.");
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = Selector.open()) {
      long deadline = System.nanoTime() + longest.toNanos();
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, 0);
      connect(channel, key, path, deadline);
      send(channel, key, ByteBuffer.wrap(request.encode()), deadline);
      VaultFrame answer = receive(channel, key, deadline);
      if (answer.kind() != request.kind()) {
        throw new VaultUnavailableException("The vault answered with a frame of another kind.");
      }
      return answer;
    } catch (IOException | MalformedException e) {
      throw new VaultUnavailableException(String.valueOf(e.getMessage()));
    } finally {
      free.release();
    }
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
    long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
    if (millis <= 0) {
      throw new IOException("The vault did not answer in time.");
    }
    key.interestOps(operation);
    key.selector().select(millis);
    key.selector().selectedKeys().clear();
  }
}
