package org.hikae.http.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import org.hikae.http.parameter.rest.QueryNumbers;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Bounds every body before anything reads it: by its stated length at once, and while it is read
 * when the length is unstated. The container's own limit lies above, because it answers without a
 * body.
 */
@Provider
public class BodyLimitFilter implements ContainerRequestFilter {

  /** Limit of JSON bodies, in bytes. */
  public static final long DEFAULT_BYTES = 1024 * 1024;

  @Context private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    long limit = limitOf(resource.getResourceMethod());
    if (statedLength(request) > limit) {
      throw Refusal.tooLarge(limit);
    }
    if (request.hasEntity()) {
      request.setEntityStream(new Bounded(request.getEntityStream(), limit));
    }
  }

  public static long limitOf(@Nullable Method method) {
    MaxBody own = method == null ? null : method.getAnnotation(MaxBody.class);
    return own == null ? DEFAULT_BYTES : own.value();
  }

  private static long statedLength(ContainerRequestContext request) {
    String stated = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    return QueryNumbers.longBetween(HttpHeaders.CONTENT_LENGTH, stated, -1, 0, Long.MAX_VALUE);
  }

  /** Refuses at the first byte beyond the limit. */
  static final class Bounded extends FilterInputStream {

    private final long limit;
    private long used;

    Bounded(InputStream in, long limit) {
      super(in);
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      int value = came(in::read);
      count(value < 0 ? -1 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = came(() -> in.read(buffer, offset, length));
      count(count);
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(count);
      count(skipped);
      return skipped;
    }

    /** A sender who goes away, or is too slow, is no error of ours. */
    private static int came(Reading reading) {
      try {
        return reading.read();
      } catch (IOException e) {
        throw Refusal.of(ProblemCode.TRUNCATED);
      }
    }

    private interface Reading {
      int read() throws IOException;
    }

    private void count(long bytes) {
      used += Math.max(0, bytes);
      if (used > limit) {
        throw Refusal.tooLarge(limit);
      }
    }
  }
}
