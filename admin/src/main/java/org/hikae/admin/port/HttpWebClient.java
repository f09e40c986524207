package org.hikae.admin.port;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The real web. */
public final class HttpWebClient implements WebClient {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(15);

  /** Largest answer that is read, in bytes. */
  private static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;

  /** A server's Date has whole seconds, cut off: on average it is half a second older. */
  private static final Duration HALF_SECOND = Duration.ofMillis(500);

  private final Clock clock;
  private final HttpClient http;

  /** Trusts what {@code tls} trusts. */
  public HttpWebClient(SSLContext tls, Clock clock) {
    this.clock = clock;
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
    try {
      HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
      Instant answered = clock.instant();
      try (InputStream in = answer.body()) {
        byte[] body = in.readNBytes(MAX_ANSWER_BYTES + 1);
        if (body.length > MAX_ANSWER_BYTES) {
          throw new IOException("the answer is too large");
        }
        Instant middle = sent.plus(Duration.between(sent, answered).dividedBy(2));
        return new WebReply(
            answer.statusCode(), body, ahead(answer.headers().firstValue("Date"), middle));
      }
    } catch (InterruptedException e) {
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
