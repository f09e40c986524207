package org.hikae.device.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Connections that are kept for the next call to the same place. Safe for several threads. */
final class HttpConnectionPool implements AutoCloseable {

  /** For the TCP connection and the TLS handshake together. */
  private static final Duration OPENING = Duration.ofSeconds(30);

  private final SSLContext tls;
  private final BandwidthLimits bandwidth;
  private final ExchangeDeadlines deadlines = new ExchangeDeadlines();
  private final Map<String, Deque<HttpConnection>> idle = new ConcurrentHashMap<>();
  private final Map<String, FutureTask<Void>> opening = new ConcurrentHashMap<>();
  private volatile boolean closed;

  HttpConnectionPool(SSLContext tls, BandwidthLimits bandwidth) {
    this.tls = tls;
    this.bandwidth = bandwidth;
  }

  /**
   * Opens a connection on a thread of its own, for a call that is to follow when something else is
   * known. Nothing is said when that fails: the call then opens one itself.
   */
  void prepare(URI uri) {
    String place = place(uri);
    Deque<HttpConnection> kept = kept(place);
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              kept.addFirst(opened(uri, OPENING));
              if (closed) {
                closeAll(kept);
              }
              return null;
            });
    if (kept.isEmpty() && opening.putIfAbsent(place, task) == null) {
      Thread.ofPlatform().daemon().name("hikae-connect").start(task);
    }
  }

  /** Waits for a connection that is being opened, if any. */
  private void awaitOpening(String place, Duration most) throws InterruptedIOException {
    FutureTask<Void> task = opening.remove(place);
    if (task == null) {
      return;
    }
    try {
      task.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a connection was opened");
    } catch (ExecutionException | TimeoutException e) {
      // The call opens one itself, and is told why that fails.
    }
  }

  /** Sends the call once, or twice if a connection that was kept turns out to be gone. */
  HttpReply exchange(HttpCall call) throws IOException {
    Deque<HttpConnection> kept = kept(place(call.uri()));
    awaitOpening(place(call.uri()), call.openingLimit(OPENING));
    @Nullable HttpConnection connection = kept.pollFirst();
    if (connection != null) {
      try {
        return exchange(call, connection, kept);
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted() || call.over()) {
          throw e;
        }
        // Those that were kept beside it went the same way.
        closeAll(kept);
      }
    }
    HttpConnection fresh = opened(call.uri(), call.openingLimit(OPENING));
    return exchange(call, fresh, kept);
  }

  private HttpConnection opened(URI uri, Duration most) throws IOException {
    HttpConnection fresh = new HttpConnection(bandwidth);
    try (ExchangeDeadlines.WatchedExchange _ = deadlines.watch(fresh, most)) {
      fresh.open(uri, tls);
      return fresh;
    } catch (IOException | RuntimeException e) {
      fresh.close();
      throw e;
    }
  }

  private Deque<HttpConnection> kept(String place) {
    return idle.computeIfAbsent(place, p -> new ConcurrentLinkedDeque<>());
  }

  private HttpReply exchange(HttpCall call, HttpConnection connection, Deque<HttpConnection> kept)
      throws IOException {
    connection.begins();
    try (ExchangeDeadlines.WatchedExchange _ =
        deadlines.watch(connection, limit(call), () -> call.moreAfter(connection.received()))) {
      return connection.exchange(call);
    } finally {
      if (connection.reusable()) {
        kept.addFirst(connection);
      } else {
        connection.close();
      }
    }
  }

  /** A slow line that was asked for is no reason to give up. */
  private Duration limit(HttpCall call) {
    return call.limit()
        .plus(bandwidth.upload().allowance(call.sentBytes()))
        .plus(bandwidth.download().allowance(call.maxAnswerBytes()));
  }

  private static String place(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  private static void closeAll(Deque<HttpConnection> kept) {
    for (HttpConnection each = kept.pollFirst(); each != null; each = kept.pollFirst()) {
      each.close();
    }
  }

  /** Ends every exchange and connection. */
  @Override
  public void close() {
    closed = true;
    deadlines.close();
    idle.values().forEach(HttpConnectionPool::closeAll);
  }
}
