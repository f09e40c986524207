package org.hikae.admin.port;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The real web. */
public final class HttpWebClient implements WebClient {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(15);

  /** An answer with its body has to be there by then. */
  private static final Duration WHOLE_ANSWER = Duration.ofMinutes(1);

  /** Largest answer that is read, in bytes. */
  private static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;

  /** A server's Date has whole seconds, cut off: on average it is half a second older. */
  private static final Duration HALF_SECOND = Duration.ofMillis(500);

  private final Clock clock;
  private final int maxBytes;
  private final Duration longest;
  private final HttpClient http;

  /** Trusts what {@code tls} trusts. */
  public HttpWebClient(SSLContext tls, Clock clock) {
    this(tls, clock, MAX_ANSWER_BYTES, WHOLE_ANSWER);
  }

  /**
   * Has its own limits.
   *
   * @param maxBytes of a body
   * @param longest for an answer with its body
   */
  public HttpWebClient(SSLContext tls, Clock clock, int maxBytes, Duration longest) {
    this.clock = clock;
    this.maxBytes = maxBytes;
    this.longest = longest;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .sslContext(tls)
            .build();
  }

  @Override
  public WebReply get(URI uri, String bearer) throws IOException {
    HttpRequest.Builder request = request(uri).GET();
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    return send(request.build());
  }

  @Override
  public WebReply post(URI uri, Map<String, String> form) throws IOException {
    String body =
        form.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        request(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri)
        .timeout(ANSWER)
        .header("Accept", "application/json, */*;q=0.1");
  }

  private WebReply send(HttpRequest request) throws IOException {
    Instant sent = clock.instant();
    AtomicReference<Instant> answered = new AtomicReference<>(sent);
    BodyHandler<byte[]> bounded = BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBytes);
    // The limit of the request's own ends with the head, and a body may drip for ever.
    CompletableFuture<HttpResponse<byte[]>> asked =
        http.sendAsync(
            request,
            head -> {
              answered.set(clock.instant());
              return bounded.apply(head);
            });
    try {
      HttpResponse<byte[]> answer = asked.get(longest.toMillis(), TimeUnit.MILLISECONDS);
      Instant middle = sent.plus(Duration.between(sent, answered.get()).dividedBy(2));
      return new WebReply(
          answer.statusCode(), answer.body(), ahead(answer.headers().firstValue("Date"), middle));
    } catch (TimeoutException e) {
      var _ = asked.cancel(true);
      throw new IOException("the answer took longer than " + longest.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e);
    } catch (InterruptedException e) {
      var _ = asked.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static @Nullable Duration ahead(Optional<String> date, Instant now) {
    if (date.isEmpty()) {
      return null;
    }
    try {
      Instant time = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.get()));
      return Duration.between(now, time.plus(HALF_SECOND));
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
