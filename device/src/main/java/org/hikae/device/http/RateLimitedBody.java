package org.hikae.device.http;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntities;

/** Bodies that pass no faster than a {@link RateLimiter}. */
final class RateLimitedBody {

  private RateLimitedBody() {}

  /** A body to send. */
  static HttpEntity sent(RequestBody body, RateLimiter limit) {
    return switch (body) {
      case RequestBody.Bytes sent when !limit.limits() ->
          new ByteArrayEntity(sent.bytes(), 0, sent.length(), null);
      case RequestBody.Bytes sent -> HttpEntities.create(out -> write(sent, limit, out), null);
      case RequestBody.InFile sent -> HttpEntities.create(out -> write(sent, limit, out), null);
    };
  }

  /** A body that arrives: what is not read is not taken from the line. */
  static InputStream received(InputStream in, RateLimiter limit) {
    return limit.limits() ? new RateLimitedStream(in, limit) : in;
  }

  private static void write(RequestBody.Bytes body, RateLimiter limit, OutputStream out)
      throws IOException {
    for (int at = 0; at < body.length(); at += RateLimiter.SLICE_BYTES) {
      int count = Math.min(RateLimiter.SLICE_BYTES, body.length() - at);
      take(limit, count);
      out.write(body.bytes(), at, count);
    }
  }

  private static void write(RequestBody.InFile body, RateLimiter limit, OutputStream out)
      throws IOException {
    try (InputStream in = opened(body)) {
      byte[] part = new byte[RateLimiter.SLICE_BYTES];
      for (int left = body.length(); left > 0; ) {
        int count = read(in, part, Math.min(left, part.length));
        take(limit, count);
        out.write(part, 0, count);
        left -= count;
      }
    }
  }

  // What fails with the file is no failure of the line, after which the call would be sent again.

  private static InputStream opened(RequestBody.InFile body) {
    try {
      return Files.newInputStream(body.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int read(InputStream in, byte[] part, int most) {
    try {
      int count = in.readNBytes(part, 0, most);
      if (count == 0) {
        throw new EOFException("the file became shorter");
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void take(RateLimiter limit, int count) throws IOException {
    try {
      limit.take(count);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the limit was waited for");
    }
  }

  private static final class RateLimitedStream extends FilterInputStream {

    private final RateLimiter limit;

    RateLimitedStream(InputStream in, RateLimiter limit) {
      super(in);
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      take(limit, read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, Math.min(length, RateLimiter.SLICE_BYTES));
      take(limit, read);
      return read;
    }
  }
}
