package org.hikae.device.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bad network: passes connections on to a server, and cuts each after a random number of bytes,
 * both ways together, or one where it is told to.
 */
public final class CuttingProxy implements AutoCloseable {

  private static final int BUFFER_BYTES = 16 * 1024;

  private final ServerSocket listening;
  private final InetSocketAddress server;
  private final Random random;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicLong sendingLeft = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong receivingLeft = new AtomicLong(Long.MAX_VALUE);
  private volatile long longestBytes = Long.MAX_VALUE;

  /** Passes on to {@code server}, without any cut for now; the same seed draws the same lengths. */
  public CuttingProxy(InetSocketAddress server, long seed) throws IOException {
    this.server = server;
    this.random = new Random(seed);
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("proxy").start(this::accept);
  }

  /** Where it listens. */
  public int port() {
    return listening.getLocalPort();
  }

  /** From now on connections end after at most so many bytes. */
  public void cutWithin(long bytes) {
    longestBytes = bytes;
  }

  /** The connection on which so many more bytes were sent to the server is cut, once. */
  public void cutOnceAfterSending(long bytes) {
    sendingLeft.set(bytes);
  }

  /** The connection on which so many more bytes came from the server is cut, once. */
  public void cutOnceAfterReceiving(long bytes) {
    receivingLeft.set(bytes);
  }

  /** How many connections were cut. */
  public int cuts() {
    return cuts.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listening.accept();
        open.add(near);
        Socket far = new Socket();
        open.add(far);
        far.connect(server);
        AtomicLong left = new AtomicLong(length());
        Thread.ofPlatform().daemon().start(() -> pass(near, far, left, sendingLeft));
        Thread.ofPlatform().daemon().start(() -> pass(far, near, left, receivingLeft));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  /** One half of any length; of the other, short ones are as likely as long ones. */
  private long length() {
    if (longestBytes == Long.MAX_VALUE || random.nextBoolean()) {
      return random.nextLong(longestBytes / 2, longestBytes);
    }
    return 1L << random.nextInt(Long.SIZE - 1 - Long.numberOfLeadingZeros(longestBytes));
  }

  private void pass(Socket from, Socket to, AtomicLong left, AtomicLong once) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        long before = Math.min(left.getAndAdd(-read), whole(once, read));
        out.write(buffer, 0, Math.clamp(before, 0, read));
        if (before < read) {
          cuts.addAndGet(before < 0 ? 0 : 1);
          return;
        }
      }
    } catch (IOException e) {
      // The other direction has ended.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  /** How many bytes pass before the one cut that was asked for, and everything when none is due. */
  private static long whole(AtomicLong once, int read) {
    long before = once.getAndAdd(-read);
    if (before >= read) {
      return Long.MAX_VALUE;
    }
    once.set(Long.MAX_VALUE);
    return before;
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket each : open) {
      each.close();
    }
  }
}
