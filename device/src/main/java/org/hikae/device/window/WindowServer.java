package org.hikae.device.window;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Serves the window on the loopback addresses, on a port that the system chooses. Both addresses
 * are taken, so that nobody else answers on the other one.
 */
public final class WindowServer implements AutoCloseable {

  private static final int BACKLOG = 16;
  private static final int PORTS_TRIED = 10;
  private static final InetAddress IPV4 = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress IPV6 = InetAddress.ofLiteral("::1");

  /** How soon it is looked again whether what is at work has ended, when nothing else is left. */
  private static final Duration BUSY_LOOK = Duration.ofSeconds(5);

  private final List<ServerSocket> listening;
  private final WindowAddress address;
  private final WindowSession session;
  private final WindowRequestCheck check;
  private final WindowHandler handler;
  private final Map<String, WindowAnswer> files;
  private final WindowLimits limits;
  private final LongSupplier nanos;

  /** Also the monitor that is notified when one of them waits for a request, or has ended. */
  private final Set<WindowConnection> connections = new LinkedHashSet<>();

  private final Object ending = new Object();
  private boolean closed;
  private boolean ended;
  private boolean wished;

  /** When the page last did something for a person. */
  private volatile long lastAt;

  /** When it last asked for anything that may need what is held for it. */
  private volatile long askedAt;

  private boolean quiet;

  private WindowServer(
      List<ServerSocket> listening,
      WindowHandler handler,
      Map<String, WindowAnswer> files,
      WindowLimits limits,
      SecureRandom random,
      LongSupplier nanos) {
    this.listening = listening;
    this.handler = handler;
    this.files = Map.copyOf(files);
    this.limits = limits;
    this.nanos = nanos;
    this.address = WindowAddress.of(random, listening.getFirst().getLocalPort());
    this.session = new WindowSession(random, nanos, limits.link());
    this.check = new WindowRequestCheck(address, session, limits);
    this.lastAt = nanos.getAsLong();
    this.askedAt = lastAt;
  }

  /**
   * Begins to serve.
   *
   * @param files by path; the page is {@code /}
   * @param nanos a clock that nobody sets
   */
  public static WindowServer start(
      WindowHandler handler,
      Map<String, WindowAnswer> files,
      WindowLimits limits,
      SecureRandom random,
      LongSupplier nanos)
      throws IOException {
    List<ServerSocket> listening = listeners(() -> 0);
    WindowServer server = new WindowServer(listening, handler, files, limits, random, nanos);
    for (ServerSocket each : server.listening) {
      Thread.ofVirtual().name("hikae-window").start(() -> server.accept(each));
    }
    return server;
  }

  /**
   * One port at each address.
   *
   * @param ports what is tried; 0 leaves it to the system
   */
  static List<ServerSocket> listeners(IntSupplier ports) throws IOException {
    boolean both = NetworkInterface.getByInetAddress(IPV6) != null;
    for (int left = PORTS_TRIED - 1; ; left--) {
      ServerSocket first = bound(IPV4, ports.getAsInt());
      if (!both) {
        return List.of(first);
      }
      try {
        return List.of(first, bound(IPV6, first.getLocalPort()));
      } catch (BindException e) {
        // Somebody has this port at the other address.
        first.close();
        if (left == 0) {
          throw e;
        }
      }
    }
  }

  private static ServerSocket bound(InetAddress at, int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(at, port), BACKLOG);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Where it is. */
  public WindowAddress address() {
    return address;
  }

  /** The address that opens the window, once. */
  public String link() {
    return address.origin() + "/#" + session.link();
  }

  private void accept(ServerSocket from) {
    while (true) {
      try {
        Socket socket = from.accept();
        WindowConnection connection = new WindowConnection(socket, new PageExchange());
        if (admitted(connection)) {
          Thread.ofVirtual().name("hikae-window").start(() -> serve(connection));
        } else {
          connection.close();
        }
      } catch (IOException e) {
        if (from.isClosed()) {
          return;
        }
        // One that was gone before it was accepted.
      }
    }
  }

  /** Makes room by ending the oldest that waits for a request, or for the rest of one. */
  private boolean admitted(WindowConnection connection) {
    synchronized (connections) {
      if (closed) {
        return false;
      }
      if (connections.size() >= limits.connections()) {
        Optional<WindowConnection> waiting =
            connections.stream().filter(WindowConnection::isWaiting).findFirst();
        if (waiting.isEmpty()) {
          return false;
        }
        connections.remove(waiting.get());
        waiting.get().close();
      }
      return connections.add(connection);
    }
  }

  private void serve(WindowConnection connection) {
    try {
      connection.serve((int) limits.read().toMillis());
    } finally {
      synchronized (connections) {
        connections.remove(connection);
        connections.notifyAll();
      }
    }
  }

  private final class PageExchange implements WindowConnection.Exchange {

    @Override
    public int refusal(WindowRequestHead head) {
      return check.refusal(head).orElse(0);
    }

    @Override
    public WindowAnswer answer(WindowRequestHead head, byte[] body) {
      Optional<String> operation = head.operation();
      if (operation.isEmpty()) {
        return files.getOrDefault(head.target(), WindowAnswer.empty(404));
      }
      if (operation.get().equals(WindowRequestCheck.START)) {
        return started(new String(body, StandardCharsets.UTF_8));
      }
      used(operation.get());
      try {
        return handler.answer(operation.get(), head.field("Hikae-Language").orElse(""), body);
      } finally {
        used(operation.get());
      }
    }

    @Override
    public void rests() {
      synchronized (connections) {
        connections.notifyAll();
      }
    }

    private void used(String operation) {
      long now = nanos.getAsLong();
      if (handler.isUse(operation)) {
        lastAt = now;
      }
      if (!handler.needsHeld(operation)) {
        return;
      }
      askedAt = now;
      synchronized (ending) {
        if (quiet) {
          quiet = false;
          ending.notifyAll();
        }
      }
    }

    /** The body is the link as a JSON string, in which none of its characters is escaped. */
    private WindowAnswer started(String body) {
      String shown =
          body.length() > 2 && body.startsWith("\"") && body.endsWith("\"")
              ? body.substring(1, body.length() - 1)
              : "";
      Optional<String> token = session.exchange(shown);
      if (token.isEmpty()) {
        lookAgain();
        return WindowAnswer.empty(401);
      }
      lastAt = nanos.getAsLong();
      handler.started();
      byte[] json = ("\"" + token.get() + "\"").getBytes(StandardCharsets.UTF_8);
      return WindowAnswer.json(200, json);
    }
  }

  /**
   * Waits until the window was idle for long enough, or nobody can use it, or it was closed. It
   * looks when there may be something to see, and otherwise sleeps.
   */
  public void awaitEnd() throws InterruptedException {
    while (true) {
      boolean rests;
      synchronized (ending) {
        if (ended || isDone()) {
          break;
        }
        rests = !quiet && nanos.getAsLong() - askedAt >= limits.quiet().toNanos();
        quiet |= rests;
        if (!rests) {
          ending.wait(millisToLook());
        }
      }
      if (rests) {
        handler.quiet();
      }
    }
    awaitLastAnswers();
  }

  /** Real time, whatever clock the window goes by: it only bounds how long a thread waits. */
  private void awaitLastAnswers() throws InterruptedException {
    long until = System.nanoTime() + limits.lastAnswers().toNanos();
    synchronized (connections) {
      long left = limits.lastAnswers().toNanos();
      while (left > 0 && !closed && connections.stream().anyMatch(each -> !each.isWaiting())) {
        TimeUnit.NANOSECONDS.timedWait(connections, left);
        left = until - System.nanoTime();
      }
    }
  }

  private boolean isDone() {
    return isOver() && !handler.busy();
  }

  private boolean isOver() {
    return wished || session.isOver() || nanos.getAsLong() - lastAt >= limits.idle().toNanos();
  }

  /** Until the next moment at which something ends by time alone. */
  private long millisToLook() {
    if (isOver()) {
      return Math.max(1, Math.min(BUSY_LOOK.toMillis(), limits.idle().toMillis() / 4));
    }
    long now = nanos.getAsLong();
    long left = Math.min(lastAt + limits.idle().toNanos() - now, session.nanosOfWaiting());
    if (!quiet) {
      left = Math.min(left, askedAt + limits.quiet().toNanos() - now);
    }
    return Math.max(1, Duration.ofNanos(left).toMillis() + 1);
  }

  private void lookAgain() {
    synchronized (ending) {
      ending.notifyAll();
    }
  }

  /** The page wants it to end, when nothing is at work. */
  public void end() {
    synchronized (ending) {
      wished = true;
      ending.notifyAll();
    }
  }

  /** Serves nobody any more. */
  @Override
  public void close() {
    synchronized (ending) {
      ended = true;
      ending.notifyAll();
    }
    for (ServerSocket each : listening) {
      try {
        each.close();
      } catch (IOException e) {
        // Nothing comes in through it either way.
      }
    }
    synchronized (connections) {
      closed = true;
      connections.forEach(WindowConnection::close);
      connections.notifyAll();
    }
  }
}
