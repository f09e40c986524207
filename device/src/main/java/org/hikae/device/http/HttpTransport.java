package org.hikae.device.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;

/**
 * Sends calls. Guarantees: HTTP/1.1, no redirect is followed, every exchange has a time limit that
 * covers the body too, an answer never grows beyond its limit, and a call is sent again only as
 * {@link RetryPolicy} says, or once more at once when a kept connection fails. Every call of the
 * agent may be sent twice: the portal's are idempotent by contract. Safe for several threads.
 */
public final class HttpTransport implements AutoCloseable {

  private final HttpConnectionPool connections;
  private final RetryPolicy retry;
  private final Sleeper sleeper;
  private final RandomGenerator random;
  private volatile RetryListener retryListener = (host, failures, status) -> {};

  /** Connects with the given trust, as fast as the line. */
  public HttpTransport(SSLContext tls, RetryPolicy retry, Sleeper sleeper, RandomGenerator random) {
    this(tls, retry, sleeper, random, BandwidthLimits.UNLIMITED);
  }

  /** Connects with the given trust; bodies go no faster than {@code bandwidth}. */
  public HttpTransport(
      SSLContext tls,
      RetryPolicy retry,
      Sleeper sleeper,
      RandomGenerator random,
      BandwidthLimits bandwidth) {
    this.connections = new HttpConnectionPool(tls, bandwidth);
    this.retry = retry;
    this.sleeper = sleeper;
    this.random = random;
  }

  /** From now on this hears of calls that are sent again. */
  public void retriesTo(RetryListener other) {
    retryListener = other;
  }

  /** Opens a connection beside what is done meanwhile, for a call that is to follow. */
  public void prepare(URI uri) {
    connections.prepare(uri);
  }

  /** The answer, granted or refused; an exception only when none came. */
  public HttpReply send(HttpCall call) throws AgentException {
    return send(call, httpReply -> false);
  }

  /**
   * The same.
   *
   * @param notReady an answer for which the call is sent again, too, although its status alone does
   *     not ask for that
   */
  public HttpReply send(HttpCall call, Predicate<HttpReply> notReady) throws AgentException {
    for (int attempt = 1; ; attempt++) {
      OptionalLong retryAfter = OptionalLong.empty();
      int status = 0;
      try {
        HttpReply httpReply = once(call);
        if (isLast(attempt, call)
            || !(retry.again(httpReply.status()) || notReady.test(httpReply))) {
          return httpReply;
        }
        retryAfter = retryAfterSeconds(httpReply);
        status = httpReply.status();
      } catch (IOException e) {
        if (distrusted(e)) {
          throw new UnreachableException("network.tls", call.uri().getHost(), e);
        }
        if (isLast(attempt, call)) {
          throw new UnreachableException("network.unreachable", call.uri().getHost(), e);
        }
      }
      retryListener.retrying(call.uri().getHost(), attempt, status);
      rest(call.shortened(retry.pause(attempt + 1, retryAfter, random)));
    }
  }

  private boolean isLast(int attempt, HttpCall call) {
    return attempt >= retry.attempts() || call.over();
  }

  private HttpReply once(HttpCall call) throws IOException, AgentException {
    try {
      return connections.exchange(call);
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw interrupted();
      }
      throw e;
    }
  }

  /** Whether the other side is not who it should be; all else may be the network's fault. */
  private static boolean distrusted(IOException failure) {
    return failure instanceof SSLException
        && Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
            .limit(10)
            .noneMatch(e -> e instanceof EOFException || e instanceof SocketException);
  }

  private static OptionalLong retryAfterSeconds(HttpReply httpReply) {
    String text = httpReply.header("Retry-After");
    boolean digits =
        !text.isEmpty() && text.length() < 7 && text.chars().allMatch(Character::isDigit);
    return digits ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  private void rest(Duration duration) throws AgentException {
    try {
      sleeper.wait(duration);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static AgentException interrupted() {
    Thread.currentThread().interrupt();
    return new AgentException(RunResult.CANCELLED, "run.cancelled");
  }

  @Override
  public void close() {
    connections.close();
  }
}
