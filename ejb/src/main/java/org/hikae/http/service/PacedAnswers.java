package org.hikae.http.service;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import org.hikae.http.control.AnswerPace;

/** Has every answer read at {@link AnswerPace}, whoever writes it. */
final class PacedAnswers implements HttpHandler {

  private final HttpHandler next;
  private final Duration grace;

  /**
   * Stands before {@code next}.
   *
   * @param grace most waiting for who reads, beside the time that the bytes take
   */
  PacedAnswers(HttpHandler next, Duration grace) {
    this.next = next;
    this.grace = grace;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    exchange.addResponseWrapper(
        (factory, one) ->
            new PacedAnswerConduit(factory.create(), one.getConnection(), new AnswerPace(grace)));
    next.handleRequest(exchange);
  }
}
