package org.hikae.http.rest;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.LocaleUtils;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.UUID;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.service.CorrelationIds;
import org.hikae.problem.service.RequestIds;
import org.hikae.problem.wire.Problem;
import org.jspecify.annotations.Nullable;

/** Problem JSON for what is refused before the container sees the request. */
final class EarlyProblemHandler implements HttpHandler {

  private static final String ACCEPT_LANGUAGE = "accept-language";

  private final RequestIds ids = new RequestIds(new CorrelationIds(new SecureRandom()));
  private final Refusal refusal;

  EarlyProblemHandler(Refusal refusal) {
    this.refusal = refusal;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    UUID id = ids.of(exchange.getRequestHeaders().getFirst(RequestIds.HEADER));
    Problem problem = ProblemFactory.of(refusal, locale(exchange), id);
    exchange.setStatusCode(problem.status());
    exchange
        .getResponseHeaders()
        .put(Headers.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .put(Headers.CACHE_CONTROL, "no-store")
        .put(HttpString.tryFromString("X-Content-Type-Options"), "nosniff")
        .put(HttpString.tryFromString(RequestIds.HEADER), id.toString());
    Integer seconds = refusal.retryAfterSeconds();
    if (seconds != null) {
      exchange.getResponseHeaders().put(Headers.RETRY_AFTER, seconds);
    }
    exchange.getResponseSender().send(ByteBuffer.wrap(StrictJson.bytes(problem)));
  }

  private static Locale locale(HttpServerExchange exchange) {
    @Nullable String wanted = exchange.getRequestHeaders().getFirst(Headers.ACCEPT_LANGUAGE);
    boolean japanese =
        wanted != null
            && AcceptHeaders.readable(ACCEPT_LANGUAGE, wanted)
            && LocaleUtils.getLocalesFromHeader(wanted).stream()
                .findFirst()
                .filter(first -> first.getLanguage().equals("ja"))
                .isPresent();
    return japanese ? Locale.JAPANESE : Locale.ENGLISH;
  }
}
