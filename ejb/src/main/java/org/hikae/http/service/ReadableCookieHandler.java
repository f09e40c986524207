package org.hikae.http.service;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;

/**
 * Passes on no cookies that cannot be read: the server looks at them before any code of ours, and
 * would answer 500 and leave a trace of its stack for each. Who sends such has none that counts.
 */
final class ReadableCookieHandler implements HttpHandler {

  private final HttpHandler next;

  /** Stands before {@code next}. */
  ReadableCookieHandler(HttpHandler next) {
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (exchange.getRequestHeaders().contains(Headers.COOKIE) && !isReadable(exchange)) {
      exchange.getRequestHeaders().remove(Headers.COOKIE);
    }
    next.handleRequest(exchange);
  }

  /** What was read is kept with the request. */
  private static boolean isReadable(HttpServerExchange exchange) {
    try {
      return exchange.requestCookies() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
