package org.hikae.http.service;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import org.hikae.http.control.MinimumResponseRate;

/** Has every answer read at {@link MinimumResponseRate}, whoever writes it. */
final class MinimumResponseRateHandler implements HttpHandler {

  private final HttpHandler next;
  private final Duration grace;

  /**
   * Stands before {@code next}.
   *
   * @param grace most waiting for who reads, beside the time that the bytes take
   */
  MinimumResponseRateHandler(HttpHandler next, Duration grace) {
    this.next = next;
    this.grace = grace;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    exchange.addResponseWrapper(
        (factory, one) ->
            new MinimumResponseRateConduit(
                factory.create(), one.getConnection(), new MinimumResponseRate(grace)));
    next.handleRequest(exchange);
  }
}
