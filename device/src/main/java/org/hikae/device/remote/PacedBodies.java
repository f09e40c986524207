package org.hikae.device.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Bodies that pass no faster than a {@link RateLimit}. */
final class PacedBodies {

  private PacedBodies() {}

  /** The bytes, of which the line asks for the next when the limit lets it. */
  static BodyPublisher sent(byte[] bytes, RateLimit limit) {
    return limit.limits() && bytes.length > 0
        ? BodyPublishers.fromPublisher(
            BodyPublishers.ofInputStream(() -> new Paced(new ByteArrayInputStream(bytes), limit)),
            bytes.length)
        : BodyPublishers.ofByteArray(bytes);
  }

  /** The same handler, that takes what arrives only when the limit lets it. */
  static <T> BodyHandler<T> received(BodyHandler<T> handler, RateLimit limit) {
    return limit.limits() ? info -> new PacedSubscriber<>(handler.apply(info), limit) : handler;
  }

  /** Reads slice by slice. */
  private static final class Paced extends InputStream {
    private final InputStream bytes;
    private final RateLimit limit;

    Paced(InputStream bytes, RateLimit limit) {
      this.bytes = bytes;
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = bytes.read(into, offset, Math.min(length, RateLimit.SLICE_BYTES));
      try {
        limit.take(read);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while the limit was waited for");
      }
      return read;
    }
  }

  /** The thread that waits here is one of the client's workers, never the one of its sockets. */
  private static final class PacedSubscriber<T> implements BodySubscriber<T> {
    private final BodySubscriber<T> behind;
    private final RateLimit limit;

    PacedSubscriber(BodySubscriber<T> behind, RateLimit limit) {
      this.behind = behind;
      this.limit = limit;
    }

    @Override
    public CompletionStage<T> getBody() {
      return behind.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      behind.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      try {
        for (ByteBuffer buffer : buffers) {
          limit.take(buffer.remaining());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      behind.onNext(buffers);
    }

    @Override
    public void onError(Throwable failure) {
      behind.onError(failure);
    }

    @Override
    public void onComplete() {
      behind.onComplete();
    }
  }
}
