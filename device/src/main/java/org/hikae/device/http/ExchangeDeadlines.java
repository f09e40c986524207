package org.hikae.device.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Closes the connection of an exchange that takes too long, or whose thread was interrupted: a
 * thread that waits in a socket notices neither.
 */
final class ExchangeDeadlines implements AutoCloseable {

  private static final int LOOK_EVERY_MILLIS = 200;

  private final LongSupplier nanos;
  private final Set<WatchedExchange> watched = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("hikae-deadlines").factory());

  ExchangeDeadlines() {
    this(System::nanoTime);
  }

  /** Watches by a clock that nobody sets. */
  ExchangeDeadlines(LongSupplier nanos) {
    this.nanos = nanos;
    var _ =
        clock.scheduleWithFixedDelay(
            this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** An exchange of the calling thread, until closed. */
  final class WatchedExchange implements AutoCloseable {

    private final HttpConnection connection;
    private final Thread thread = Thread.currentThread();
    private final long began = nanos.getAsLong();
    private final long most;
    private final LongSupplier more;

    private WatchedExchange(HttpConnection connection, Duration limit, LongSupplier more) {
      this.connection = connection;
      this.most = limit.toNanos();
      this.more = more;
    }

    boolean over() {
      return thread.isInterrupted() || nanos.getAsLong() - began > most + more.getAsLong();
    }

    @Override
    public void close() {
      watched.remove(this);
    }
  }

  WatchedExchange watch(HttpConnection connection, Duration limit) {
    return watch(connection, limit, () -> 0);
  }

  /** The same; {@code more} nanoseconds as time goes on, which is asked for again and again. */
  WatchedExchange watch(HttpConnection connection, Duration limit, LongSupplier more) {
    WatchedExchange begun = new WatchedExchange(connection, limit, more);
    watched.add(begun);
    return begun;
  }

  private void look() {
    for (WatchedExchange each : watched) {
      if (each.over()) {
        each.connection.close();
      }
    }
  }

  /** Ends every exchange. */
  @Override
  public void close() {
    clock.shutdownNow();
    watched.forEach(each -> each.connection.close());
  }
}
