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

/** Bodies that pass no faster than a {@link RateLimit}. */
final class PacedBody {

  private PacedBody() {}

  /** A body to send. */
  static HttpEntity sent(SentBody body, RateLimit limit) {
    return switch (body) {
      case SentBody.Bytes sent when !limit.limits() -> new ByteArrayEntity(sent.bytes(), null);
      case SentBody.Bytes sent -> HttpEntities.create(out -> write(sent.bytes(), limit, out), null);
      case SentBody.InFile sent -> HttpEntities.create(out -> write(sent, limit, out), null);
    };
  }

  /** A body that arrives: what is not read is not taken from the line. */
  static InputStream received(InputStream in, RateLimit limit) {
    return limit.limits() ? new Paced(in, limit) : in;
  }

  private static void write(byte[] bytes, RateLimit limit, OutputStream out) throws IOException {
    for (int at = 0; at < bytes.length; at += RateLimit.SLICE_BYTES) {
      int count = Math.min(RateLimit.SLICE_BYTES, bytes.length - at);
      take(limit, count);
      out.write(bytes, at, count);
    }
  }

  private static void write(SentBody.InFile body, RateLimit limit, OutputStream out)
      throws IOException {
    try (InputStream in = opened(body)) {
      byte[] part = new byte[RateLimit.SLICE_BYTES];
      for (int left = body.length(); left > 0; ) {
        int count = read(in, part, Math.min(left, part.length));
        take(limit, count);
        out.write(part, 0, count);
        left -= count;
      }
    }
  }

  // What fails with the file is no failure of the line, after which the call would be sent again.

  private static InputStream opened(SentBody.InFile body) {
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

  private static void take(RateLimit limit, int count) throws IOException {
    try {
      limit.take(count);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the limit was waited for");
    }
  }

  private static final class Paced extends FilterInputStream {

    private final RateLimit limit;

    Paced(InputStream in, RateLimit limit) {
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
      int read = super.read(into, offset, Math.min(length, RateLimit.SLICE_BYTES));
      take(limit, read);
      return read;
    }
  }
}
