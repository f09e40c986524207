package org.hikae.http.service;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.RequestBufferingHandler;
import io.undertow.util.AttachmentKey;
import io.undertow.util.StatusCodes;

/**
 * Has forms and other short bodies come whole before a thread is given to their request: while they
 * drip, nobody waits for them. Longer ones, and those that do not say how long they are, go on at
 * once; who reads them holds a thread, and bounds how many there are.
 */
final class BufferedBodyHandler implements HttpHandler {

  /** Most bytes that are waited for. */
  static final int MAX_BYTES = 64 * 1024;

  /** Of 16 KiB each; one more, because what is full is passed on at once. */
  private static final int BUFFERS = 5;

  private static final AttachmentKey<Boolean> CAME = AttachmentKey.create(Boolean.class);

  private final HttpHandler next;
  private final HttpHandler whole;

  /** Stands before {@code next}. */
  BufferedBodyHandler(HttpHandler next) {
    this.next = next;
    this.whole = new RequestBufferingHandler(this::pass, BUFFERS);
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    long length = exchange.isRequestComplete() ? 0 : exchange.getRequestContentLength();
    if (length > 0 && length <= MAX_BYTES) {
      // Undertow calls a body that ends too early a fault of the server.
      exchange.addResponseCommitListener(BufferedBodyHandler::blameSender);
      whole.handleRequest(exchange);
    } else {
      next.handleRequest(exchange);
    }
  }

  private void pass(HttpServerExchange exchange) throws Exception {
    exchange.putAttachment(CAME, Boolean.TRUE);
    next.handleRequest(exchange);
  }

  private static void blameSender(HttpServerExchange exchange) {
    if (exchange.getAttachment(CAME) == null
        && exchange.getStatusCode() == StatusCodes.INTERNAL_SERVER_ERROR) {
      exchange.setStatusCode(StatusCodes.BAD_REQUEST);
    }
  }
}
