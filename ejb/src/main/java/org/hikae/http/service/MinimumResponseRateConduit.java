package org.hikae.http.service;

import io.undertow.util.WorkerUtils;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.http.control.MinimumResponseRate;
import org.xnio.Buffers;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/**
 * The answer to one request, which ends when it is read too slowly: the connection is closed, so
 * that nobody takes what is cut off for the whole, and who writes hears of it as when the
 * container's own time-out does the same. Over TLS the container has none for a thread that writes:
 * it waits without end, whatever time it is told (Undertow 2.3.26, {@code
 * SslConduit.awaitWritable}).
 */
final class MinimumResponseRateConduit extends AbstractStreamSinkConduit<StreamSinkConduit> {

  private final Closeable connection;
  private final MinimumResponseRate rate;
  private final AtomicBoolean watched = new AtomicBoolean();
  private volatile boolean awaits;

  MinimumResponseRateConduit(
      StreamSinkConduit next, Closeable connection, MinimumResponseRate rate) {
    super(next);
    this.connection = connection;
    this.rate = rate;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    requireTime();
    return (int) wrote(super.write(from), from.hasRemaining());
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) throws IOException {
    requireTime();
    long count = super.write(from, offset, length);
    return wrote(count, Buffers.hasRemaining(from, offset, length));
  }

  @Override
  public int writeFinal(ByteBuffer from) throws IOException {
    requireTime();
    return (int) wrote(super.writeFinal(from), from.hasRemaining());
  }

  @Override
  public long writeFinal(ByteBuffer[] from, int offset, int length) throws IOException {
    requireTime();
    long count = super.writeFinal(from, offset, length);
    return wrote(count, Buffers.hasRemaining(from, offset, length));
  }

  @Override
  public long transferFrom(FileChannel from, long position, long count) throws IOException {
    requireTime();
    return wrote(super.transferFrom(from, position, count), count > 0);
  }

  @Override
  public long transferFrom(StreamSourceChannel from, long count, ByteBuffer through)
      throws IOException {
    requireTime();
    return wrote(super.transferFrom(from, count, through), through.hasRemaining());
  }

  @Override
  public boolean flush() throws IOException {
    requireTime();
    boolean done = super.flush();
    wrote(0, !done);
    return done;
  }

  /** Nothing written while there was something means that the reader is waited for. */
  private long wrote(long count, boolean more) {
    long now = System.nanoTime();
    if (count <= 0 && more) {
      rate.waits(now);
    } else {
      rate.went(Math.max(0, count), now);
    }
    return count;
  }

  private void requireTime() throws IOException {
    if (rate.isOver(System.nanoTime())) {
      connection.close();
      throw new ClosedChannelException();
    }
  }

  @Override
  public void awaitWritable() throws IOException {
    awaitWritable(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
  }

  @Override
  public void awaitWritable(long time, TimeUnit unit) throws IOException {
    long left = rate.leftMillis(System.nanoTime());
    if (left > 0) {
      awaits = true;
      watch(left);
      try {
        super.awaitWritable(Math.clamp(unit.toMillis(time), 1, left), TimeUnit.MILLISECONDS);
      } finally {
        awaits = false;
      }
    }
  }

  /** Looks again then; to close the connection is what wakes a thread that waits without end. */
  private void watch(long millis) {
    if (watched.compareAndSet(false, true)) {
      WorkerUtils.executeAfter(getWriteThread(), this::look, millis, TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    watched.set(false);
    if (awaits) {
      long left = rate.leftMillis(System.nanoTime());
      if (left > 0) {
        watch(left);
      } else {
        IoUtils.safeClose(connection);
      }
    }
  }
}
