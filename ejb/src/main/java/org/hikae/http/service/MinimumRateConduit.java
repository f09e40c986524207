package org.hikae.http.service;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import io.undertow.util.WorkerUtils;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.http.control.MinimumBodyRate;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * The body of one request, which ends when its time is over: with an exception for who reads it,
 * and quietly where the request was answered without it and nobody does. Either way the answer
 * still leaves, and the connection is closed behind it. Also a body of which nothing more comes
 * ends in time: who waits for it without a thread is woken.
 */
final class MinimumRateConduit extends AbstractStreamSourceConduit<StreamSourceConduit> {

  private static final long END = -1;

  private final HttpServerExchange exchange;
  private final MinimumBodyRate rate;
  private final AtomicBoolean watched = new AtomicBoolean();
  private volatile boolean ended;

  MinimumRateConduit(StreamSourceConduit next, HttpServerExchange exchange, MinimumBodyRate rate) {
    super(next);
    this.exchange = exchange;
    this.rate = rate;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (isOver()) {
      return (int) END;
    }
    int count = super.read(into);
    rate.came(count);
    return count;
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) throws IOException {
    return isOver() ? END : came(super.read(into, offset, length));
  }

  @Override
  public long transferTo(long position, long count, FileChannel target) throws IOException {
    return isOver() ? END : came(super.transferTo(position, count, target));
  }

  @Override
  public long transferTo(long count, ByteBuffer through, StreamSinkChannel target)
      throws IOException {
    if (isOver()) {
      through.clear().limit(0);
      return END;
    }
    long moved = super.transferTo(count, through, target);
    rate.came(through.remaining());
    return came(moved);
  }

  private long came(long count) {
    rate.came(count);
    return count;
  }

  /** Whether nothing more is read; who wanted more is told by an exception. */
  private boolean isOver() throws IOException {
    if (ended) {
      return true;
    }
    boolean refused = isAnswered();
    if (refused) {
      rate.refuse(System.nanoTime());
    }
    if (!rate.isOver(System.nanoTime())) {
      return false;
    }
    ended = true;
    exchange.setPersistent(false);
    Connectors.terminateRequest(exchange);
    if (!refused) {
      // For who has no answer of their own to it.
      if (!exchange.isResponseStarted()) {
        exchange.setStatusCode(StatusCodes.REQUEST_TIME_OUT);
      }
      throw new IOException("The body of a request came too slowly");
    }
    return true;
  }

  /** Whether the answer does not depend on the body: a refusal, a redirection, or all of it. */
  private boolean isAnswered() {
    return exchange.getStatusCode() >= StatusCodes.MULTIPLE_CHOICES
        || exchange.isResponseComplete();
  }

  @Override
  public void resumeReads() {
    super.resumeReads();
    watch();
  }

  /** What the server does instead of resuming for the first time. */
  @Override
  public void wakeupReads() {
    super.wakeupReads();
    watch();
  }

  /** Looks again when the time is over that is left now; bytes that come until then give more. */
  private void watch() {
    if (!ended && watched.compareAndSet(false, true)) {
      long millis = rate.leftMillis(System.nanoTime());
      WorkerUtils.executeAfter(
          getReadThread(), this::look, Math.max(1, millis), TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    watched.set(false);
    if (!ended && isReadResumed()) {
      if (rate.isOver(System.nanoTime())) {
        super.wakeupReads();
      } else {
        watch();
      }
    }
  }

  @Override
  public void awaitReadable() throws IOException {
    awaitReadable(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
  }

  @Override
  public void awaitReadable(long time, TimeUnit unit) throws IOException {
    long left = rate.leftMillis(System.nanoTime());
    if (!ended && left > 0) {
      super.awaitReadable(Math.clamp(unit.toMillis(time), 1, left), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void terminateReads() throws IOException {
    if (!ended) {
      super.terminateReads();
    }
  }
}
