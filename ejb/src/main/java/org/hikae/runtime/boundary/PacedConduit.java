package org.hikae.runtime.boundary;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * The body of one request, which ends when its time is over: with an exception for who reads it,
 * and quietly where the request was refused and nobody does. Either way the answer still leaves,
 * and the connection is closed behind it.
 */
final class PacedConduit extends AbstractStreamSourceConduit<StreamSourceConduit> {

  private static final long END = -1;

  private final HttpServerExchange exchange;
  private final BodyPace pace = new BodyPace(System.nanoTime());
  private boolean ended;

  PacedConduit(StreamSourceConduit next, HttpServerExchange exchange) {
    super(next);
    this.exchange = exchange;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (isOver()) {
      return (int) END;
    }
    int count = super.read(into);
    pace.came(count);
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
    pace.came(through.remaining());
    return came(moved);
  }

  private long came(long count) {
    pace.came(count);
    return count;
  }

  /** Whether nothing more is read; who wanted more is told by an exception. */
  private boolean isOver() throws IOException {
    if (ended) {
      return true;
    }
    boolean refused = exchange.getStatusCode() >= StatusCodes.BAD_REQUEST;
    if (refused) {
      pace.refuse(System.nanoTime());
    }
    if (!pace.isOver(System.nanoTime())) {
      return false;
    }
    ended = true;
    exchange.setPersistent(false);
    Connectors.terminateRequest(exchange);
    if (!refused) {
      throw new IOException("The body of a request came too slowly");
    }
    return true;
  }

  @Override
  public void awaitReadable() throws IOException {
    awaitReadable(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
  }

  @Override
  public void awaitReadable(long time, TimeUnit unit) throws IOException {
    long left = pace.leftNanos(System.nanoTime());
    if (!ended && left > 0) {
      super.awaitReadable(Math.min(left, unit.toNanos(time)), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void terminateReads() throws IOException {
    if (!ended) {
      super.terminateReads();
    }
  }
}
