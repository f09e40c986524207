package org.hikae.device.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
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

  HttpConnectionPool(SSLContext tls, BandwidthLimits bandwidth) {
    this.tls = tls;
    this.bandwidth = bandwidth;
  }

  /** Sends the call once, or twice if a connection that was kept turns out to be gone. */
  HttpReply exchange(HttpCall call) throws IOException {
    Deque<HttpConnection> kept =
        idle.computeIfAbsent(place(call.uri()), p -> new ConcurrentLinkedDeque<>());
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
    HttpConnection fresh = new HttpConnection(bandwidth);
    try (ExchangeDeadlines.WatchedExchange _ = deadlines.watch(fresh, call.openingLimit(OPENING))) {
      fresh.open(call.uri(), tls);
    } catch (IOException | RuntimeException e) {
      fresh.close();
      throw e;
    }
    return exchange(call, fresh, kept);
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
    deadlines.close();
    idle.values().forEach(HttpConnectionPool::closeAll);
  }
}
