package org.hikae.it.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between agent and portal, passes every byte on (it is TLS, so it sees no more) and counts
 * those that the agent sends. At some count it does something once, such as killing the agent.
 */
public final class CountingProxy implements AutoCloseable {

  private static final int BUFFER_BYTES = 16 * 1024;

  private final ServerSocket listening;
  private final InetSocketAddress server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong actAt = new AtomicLong(Long.MAX_VALUE);
  private volatile Runnable action = () -> {};

  /** Passes on to a portal. */
  public CountingProxy(URI portal) throws IOException {
    this.server = new InetSocketAddress(portal.getHost(), portal.getPort());
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("proxy").start(this::accept);
  }

  /** Its address; the portal's certificate is good for it, too. */
  public String url() {
    return "https://localhost:" + listening.getLocalPort();
  }

  /** Bytes that arrived from agents, handshakes and headers included. */
  public long sentBytes() {
    return sent.get();
  }

  /** Does something once when so many more bytes have arrived. */
  public void after(long bytes, Runnable what) {
    action = what;
    actAt.set(sent.get() + bytes);
  }

  /** Cuts every connection, both ways. */
  public void cut() {
    open.forEach(this::close);
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listening.accept();
        open.add(near);
        Thread.ofPlatform().daemon().start(() -> connect(near));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  /** A server that is down costs the one connection and no other. */
  private void connect(Socket near) {
    Socket far = new Socket();
    open.add(far);
    try {
      far.connect(server);
    } catch (IOException e) {
      close(near);
      close(far);
      return;
    }
    Thread.ofPlatform().daemon().start(() -> pass(near, far, true));
    pass(far, near, false);
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // It was closed by the other side.
    }
  }

  private void pass(Socket from, Socket to, boolean counted) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        long at = actAt.get();
        if (counted && sent.addAndGet(read) >= at && actAt.compareAndSet(at, Long.MAX_VALUE)) {
          action.run();
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // The other direction has ended.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket each : open) {
      each.close();
    }
  }
}
