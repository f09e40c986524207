package org.hikae.http.service;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.Map;

/**
 * Refuses bodies that are sent where nobody has to sign in, before any of it is read: hardly
 * anything there takes one.
 */
final class PublicBodyHandler implements HttpHandler {

  private final HttpHandler next;
  private final Map<String, Long> most;
  private final HttpHandler refusal;

  /**
   * Stands before {@code next}.
   *
   * @param most the addresses that need no sign-in, without a slash at the end, and those below
   *     them, each with the most bytes that it takes
   * @param refusal answers what is refused
   */
  PublicBodyHandler(HttpHandler next, Map<String, Long> most, HttpHandler refusal) {
    this.next = next;
    this.most = Map.copyOf(most);
    this.refusal = refusal;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (!exchange.isRequestComplete() && isTooLarge(exchange)) {
      exchange.setPersistent(false);
      refusal.handleRequest(exchange);
    } else {
      next.handleRequest(exchange);
    }
  }

  private boolean isTooLarge(HttpServerExchange exchange) {
    // The path below the application's own.
    String path = exchange.getRelativePath();
    long length = exchange.getRequestContentLength();
    return most.entrySet().stream()
        .filter(open -> path.equals(open.getKey()) || path.startsWith(open.getKey() + "/"))
        .anyMatch(open -> length < 0 || length > open.getValue());
  }
}
