package org.hikae.vault.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.core.VaultCore;
import org.hikae.vault.ledger.VaultClosedException;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.process.VaultListener.Peer;
import org.hikae.vault.wire.AuditHead;
import org.hikae.vault.wire.VaultEventPage;
import org.hikae.vault.wire.VaultFrame;

/**
 * Serves frames (spec HK1-V-13) at its listeners, each connection on a virtual thread of its own.
 * Connections, frame size and waiting are bounded; a peer of another user, a malformed frame or a
 * slow one ends its connection. Stopping lets frames that are being answered finish.
 */
public final class VaultServer implements AutoCloseable {

  /** Connections served at a time at each listener; further ones are closed at once. */
  static final int MAX_CONNECTIONS = 64;

  /** Two, so that a sweep that waits for the store delays no time-out. */
  private static final int TIMER_THREADS = 2;

  private static final Logger LOG = System.getLogger(VaultServer.class.getName());
  private static final Duration SWEEP_PERIOD = Duration.ofSeconds(5);
  private static final Duration STOP_WAIT = Duration.ofSeconds(10);

  private final VaultCore vault;
  private final OperatorHandler operator;
  private final List<VaultListener> listeners;
  private final Timeouts timeouts;
  private final int mostAnswers;
  private final Semaphore answering;
  private final Set<Peer> open = ConcurrentHashMap.newKeySet();
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
      VaultCore vault, OperatorHandler operator, List<VaultListener> listeners, Timeouts timeouts) {
    this.vault = vault;
    this.operator = operator;
    this.listeners = List.copyOf(listeners);
    this.timeouts = timeouts;
    this.mostAnswers = MAX_CONNECTIONS * listeners.size();
    this.answering = new Semaphore(mostAnswers);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Begins to serve; closes the listeners when it stops. */
  static VaultServer start(
      VaultCore vault, OperatorHandler operator, List<VaultListener> listeners) {
    return start(vault, operator, listeners, Timeouts.STANDARD);
  }

  static VaultServer start(
      VaultCore vault, OperatorHandler operator, List<VaultListener> listeners, Timeouts timeouts) {
    VaultServer server = new VaultServer(vault, operator, listeners, timeouts);
    for (VaultListener vaultListener : listeners) {
      Thread.ofPlatform().name("accept").start(() -> server.accept(vaultListener));
    }
    ScheduledFuture<?> _ =
        server.timer.scheduleWithFixedDelay(
            server::sweep, 0, SWEEP_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    return server;
  }

  private void accept(VaultListener vaultListener) {
    Semaphore places = new Semaphore(MAX_CONNECTIONS);
    while (true) {
      try {
        Peer peer = vaultListener.accept();
        if (places.tryAcquire()) {
          open.add(peer);
          Thread.ofVirtual().start(() -> serve(peer, places));
        } else {
          LOG.log(Level.WARNING, "All {0} connections are in use.", MAX_CONNECTIONS);
          peer.close();
        }
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.log(Level.WARNING, "A peer was turned away: {0}", e.getMessage());
      }
    }
  }

  private void serve(Peer peer, Semaphore places) {
    try (peer) {
      greet(peer);
      InputStream in = peer.in();
      OutputStream out = peer.out();
      while (true) {
        VaultFrame request = readFrame(peer, in);
        answering.acquireUninterruptibly();
        try {
          byte[] answer = answer(peer, request).encode();
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

  private void greet(Peer peer) throws IOException {
    ScheduledFuture<?> deadline = closeAfter(peer, timeouts.frame());
    try {
      peer.greet();
    } catch (SSLException e) {
      LOG.log(Level.WARNING, "A peer was turned away: {0}", e.getMessage());
      throw e;
    } finally {
      deadline.cancel(false);
    }
  }

  private VaultFrame readFrame(Peer peer, InputStream in) throws IOException, MalformedException {
    ScheduledFuture<?> idle = closeAfter(peer, timeouts.idle());
    FirstByteInputStream first = new FirstByteInputStream(in);
    first.await();
    idle.cancel(false);
    ScheduledFuture<?> frame = closeAfter(peer, timeouts.frame());
    try {
      return VaultFrame.read(first);
    } finally {
      frame.cancel(false);
    }
  }

  private ScheduledFuture<?> closeAfter(Peer peer, Duration wait) throws IOException {
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

  private VaultFrame answer(Peer peer, VaultFrame request) throws MalformedException {
    if (request.kind() == VaultFrame.Kind.OPERATOR && !peer.isLocal()) {
      throw new MalformedException("Operators give their orders on the vault's own host.");
    }
    byte[] body =
        switch (request.kind()) {
          case MESSAGE -> vault.answer(request.body());
          case CARD -> vault.signedCard().encode();
          case HEALTH -> new byte[] {(byte) (vault.ready() ? 1 : 0)};
          case EVENTS -> vault.eventsAfter(VaultEventPage.after(request.body())).encode();
          case AUDIT -> vault.auditHead(AuditHead.parse(request.body())).encode();
          case OPERATOR -> operator.answer(request.body());
        };
    return new VaultFrame(request.kind(), body);
  }

  private void sweep() {
    try {
      vault.sweep();
    } catch (VaultClosedException e) {
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
      for (VaultListener vaultListener : listeners) {
        vaultListener.close();
      }
      quiet = answering.tryAcquire(mostAnswers, STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "A listener could not be closed: {0}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      timer.shutdown();
      open.forEach(VaultServer::closeQuietly);
      if (quiet) {
        answering.release(mostAnswers);
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

  private static void closeQuietly(Peer peer) {
    try {
      peer.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "A connection was already closed: {0}", e.getMessage());
    }
  }
}
