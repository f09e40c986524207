package org.hikae.device.remote;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;

/**
 * Sends calls. Guarantees: HTTP/1.1 (large bodies over HTTP/2 are three times slower with the JDK's
 * client), no redirect is followed, every exchange has a time limit that covers the body too, an
 * answer never grows beyond its limit, and a call is sent again only as {@link RetryPolicy} says.
 * Every call of the agent may be sent twice: the portal's are idempotent by contract. Safe for
 * several threads.
 */
public final class HttpWire implements AutoCloseable {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(15);

  private final HttpClient client;
  private final RetryPolicy retry;
  private final Pause pause;
  private final RandomGenerator random;
  private final Bandwidth bandwidth;

  /** Connects with the given trust, as fast as the line. */
  public HttpWire(SSLContext tls, RetryPolicy retry, Pause pause, RandomGenerator random) {
    this(tls, retry, pause, random, Bandwidth.UNLIMITED);
  }

  /** Connects with the given trust; bodies go no faster than {@code bandwidth}. */
  public HttpWire(
      SSLContext tls, RetryPolicy retry, Pause pause, RandomGenerator random, Bandwidth bandwidth) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_LIMIT)
            .sslContext(tls)
            .build();
    this.retry = retry;
    this.pause = pause;
    this.random = random;
    this.bandwidth = bandwidth;
  }

  /** The answer, granted or refused; an exception only when none came. */
  public Answer send(Call call) throws AgentException {
    for (int attempt = 1; ; attempt++) {
      boolean last = attempt >= retry.attempts();
      OptionalLong retryAfter = OptionalLong.empty();
      try {
        Answer answer = once(call);
        if (last || !retry.again(answer.status())) {
          return answer;
        }
        retryAfter = retryAfterSeconds(answer);
      } catch (SSLException e) {
        throw new Unreachable("network.tls", call.uri().getHost(), e);
      } catch (IOException e) {
        if (last) {
          throw new Unreachable("network.unreachable", call.uri().getHost(), e);
        }
      }
      rest(retry.pause(attempt + 1, retryAfter, random));
    }
  }

  private Answer once(Call call) throws IOException, AgentException {
    Duration limit = limit(call);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.uri())
            .timeout(limit)
            .method(
                call.method(),
                call.body() == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : PacedBodies.sent(call.body(), bandwidth.upload()));
    call.headers().forEach(request::header);
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(
            request.build(),
            PacedBodies.received(
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), call.maxAnswerBytes()),
                bandwidth.download()));
    try {
      HttpResponse<byte[]> response = exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw new IOException("the exchange took too long", e);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      throw interrupted();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException("the exchange failed", e);
    }
  }

  /** A slow line that was asked for is no reason to give up. */
  private Duration limit(Call call) {
    byte[] body = call.body();
    return call.limit()
        .plus(bandwidth.upload().allowance(body == null ? 0 : body.length))
        .plus(bandwidth.download().allowance(call.maxAnswerBytes()));
  }

  private static OptionalLong retryAfterSeconds(Answer answer) {
    String text = answer.header("Retry-After");
    boolean digits =
        !text.isEmpty() && text.length() < 7 && text.chars().allMatch(Character::isDigit);
    return digits ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  private void rest(Duration duration) throws AgentException {
    try {
      pause.wait(duration);
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
    client.shutdownNow();
  }
}
