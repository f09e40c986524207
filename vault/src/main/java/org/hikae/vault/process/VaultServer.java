package org.hikae.vault.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.core.SealedException;
import org.hikae.vault.core.TamperedException;
import org.hikae.vault.core.UnavailableException;
import org.hikae.vault.core.Vault;
import org.hikae.vault.wire.VaultFrame;

/**
 * Serves frames (spec HK1-V-13) on a Unix domain socket, each connection on a virtual thread of its
 * own. Connections, frame size and waiting are bounded; a peer of another user, a malformed frame
 * or a slow one ends its connection. Stopping lets frames that are being answered finish.
 */
public final class VaultServer implements AutoCloseable {

  /** Connections served at a time; further ones are closed at once. */
  static final int MAX_CONNECTIONS = 64;

  /** Two, so that a sweep that waits for the store delays no time-out. */
  private static final int TIMER_THREADS = 2;

  private static final Logger LOG = System.getLogger(VaultServer.class.getName());
  private static final Duration SWEEP_PERIOD = Duration.ofSeconds(5);
  private static final Duration STOP_WAIT = Duration.ofSeconds(10);

  private final Vault vault;
  private final Operator operator;
  private final Path socket;
  private final Timeouts timeouts;
  private final ServerSocketChannel listener;
  private final PeerCheck peers;
  private final Semaphore places = new Semaphore(MAX_CONNECTIONS);
  private final Semaphore answering = new Semaphore(MAX_CONNECTIONS);
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(TIMER_THREADS, Thread.ofPlatform().name("timer").factory());

  /**
   * How long a peer may take.
   *
   * @param idle between frames
   * @param frame from the first byte of a frame to its last, and for taking an answer
   */
  record Timeouts(Duration idle, Duration frame) {
    /** The values of the spec. */
    static final Timeouts STANDARD = new Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(10));
  }

  private VaultServer(
      Vault vault,
      Operator operator,
      Path socket,
      Timeouts timeouts,
      ServerSocketChannel listener,
      PeerCheck peers) {
    this.vault = vault;
    this.operator = operator;
    this.socket = socket;
    this.timeouts = timeouts;
    this.listener = listener;
    this.peers = peers;
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Binds the socket and begins to serve. */
  static VaultServer start(Vault vault, Operator operator, Path socket, int allowedUid)
      throws IOException {
    return start(vault, operator, socket, allowedUid, Timeouts.STANDARD);
  }

  static VaultServer start(
      Vault vault, Operator operator, Path socket, int allowedUid, Timeouts timeouts)
      throws IOException {
    removeStale(socket);
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket), MAX_CONNECTIONS);
    // Group and others may connect as far as files go: the peer check decides.
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
    VaultServer server =
        new VaultServer(
            vault, operator, socket, timeouts, listener, PeerCheck.of(allowedUid, socket));
    Thread.ofPlatform().name("accept").start(server::accept);
    ScheduledFuture<?> _ =
        server.timer.scheduleWithFixedDelay(
            server::sweep, 0, SWEEP_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    return server;
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

  private void accept() {
    while (listener.isOpen()) {
      try {
        SocketChannel peer = listener.accept();
        if (!peers.allows(peer)) {
          LOG.log(Level.WARNING, "A peer of another user was turned away.");
          peer.close();
        } else if (!places.tryAcquire()) {
          LOG.log(Level.WARNING, "All {0} connections are in use.", MAX_CONNECTIONS);
          peer.close();
        } else {
          open.add(peer);
          Thread.ofVirtual().start(() -> serve(peer));
        }
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.log(Level.WARNING, "A connection could not be accepted: {0}", e.getMessage());
      }
    }
  }

  private void serve(SocketChannel peer) {
    try (peer) {
      InputStream in = Channels.newInputStream(peer);
      OutputStream out = Channels.newOutputStream(peer);
      while (peer.isOpen()) {
        VaultFrame request = readFrame(peer, in);
        answering.acquireUninterruptibly();
        try {
          byte[] answer = answer(request).encode();
          ScheduledFuture<?> deadline = closeAfter(peer, timeouts.frame());
          out.write(answer);
          deadline.cancel(false);
        } finally {
          answering.release();
        }
      }
    } catch (MalformedException e) {
      LOG.log(Level.WARNING, "A connection was closed: {0}", e.getMessage());
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "A connection ended: {0}", e.getMessage());
    } finally {
      open.remove(peer);
      places.release();
    }
  }

  private VaultFrame readFrame(SocketChannel peer, InputStream in)
      throws IOException, MalformedException {
    ScheduledFuture<?> idle = closeAfter(peer, timeouts.idle());
    FirstByte first = new FirstByte(in);
    first.await();
    idle.cancel(false);
    ScheduledFuture<?> frame = closeAfter(peer, timeouts.frame());
    try {
      return VaultFrame.read(first);
    } finally {
      frame.cancel(false);
    }
  }

  private ScheduledFuture<?> closeAfter(SocketChannel peer, Duration wait) throws IOException {
    try {
      return timer.schedule(
          () -> {
            peer.close();
            return null;
          },
          wait.toMillis(),
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new IOException("The vault is stopping.", e);
    }
  }

  private VaultFrame answer(VaultFrame request) {
    byte[] body =
        switch (request.kind()) {
          case MESSAGE -> vault.answer(request.body());
          case CARD -> vault.signedCard().encode();
          case HEALTH -> new byte[] {(byte) (vault.ready() ? 1 : 0)};
          case OPERATOR -> operator.answer(request.body());
        };
    return new VaultFrame(request.kind(), body);
  }

  private void sweep() {
    try {
      vault.sweep();
    } catch (SealedException e) {
      LOG.log(Level.DEBUG, "The vault is closed.");
    } catch (IllegalStateException | UnavailableException e) {
      LOG.log(Level.ERROR, "The sweep did not run: {0}", e.getMessage());
    } catch (TamperedException e) {
      LOG.log(Level.ERROR, "ALARM: {0}", e.getMessage());
    }
  }

  /**
   * Stops accepting, waits for answers and a sweep that are being made, then closes what is left.
   * Nothing of this server uses the vault any more when it returns, but for what outlasted the wait
   * (and was logged).
   */
  @Override
  public void close() {
    boolean quiet = false;
    try {
      listener.close();
      Files.deleteIfExists(socket);
      quiet = answering.tryAcquire(MAX_CONNECTIONS, STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The socket could not be closed: {0}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      timer.shutdown();
      open.forEach(VaultServer::closeQuietly);
      if (quiet) {
        answering.release(MAX_CONNECTIONS);
      } else {
        LOG.log(Level.WARNING, "Answers were still being made at the stop.");
      }
      awaitSweep();
    }
  }

  private void awaitSweep() {
    try {
      if (!timer.awaitTermination(STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.WARNING, "A sweep was still running at the stop.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(SocketChannel peer) {
    try {
      peer.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "A connection was already closed: {0}", e.getMessage());
    }
  }
}
