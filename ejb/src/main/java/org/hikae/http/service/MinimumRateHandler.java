package org.hikae.http.service;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import org.hikae.http.control.MinimumBodyRate;

/**
 * Has the body of every request come at {@link MinimumBodyRate}, whoever reads it: an operation,
 * the container where it reads a form, or nobody, when what is left of a refused request is read
 * away.
 */
final class MinimumRateHandler implements HttpHandler {

  private final HttpHandler next;
  private final Duration grace;

  /**
   * Stands before {@code next}.
   *
   * @param grace what each body has beside the time that its bytes take
   */
  MinimumRateHandler(HttpHandler next, Duration grace) {
    this.next = next;
    this.grace = grace;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (exchange.isRequestChannelAvailable() && !exchange.isRequestComplete()) {
      // The listener has no limit: it would answer 400 by itself, without a word. Who says that
      // more comes is refused by what they ask for, in its own words; the container has none.
      if (exchange.getRequestContentLength() <= MinimumBodyRate.MAX_BYTES) {
        exchange.setMaxEntitySize(MinimumBodyRate.MAX_BYTES);
      }
      exchange.addRequestWrapper(
          (factory, one) ->
              new MinimumRateConduit(
                  factory.create(), one, new MinimumBodyRate(System.nanoTime(), grace)));
    }
    next.handleRequest(exchange);
  }
}
