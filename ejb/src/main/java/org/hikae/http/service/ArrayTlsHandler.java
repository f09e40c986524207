package org.hikae.http.service;

import io.undertow.protocols.ssl.SslConduit;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import org.xnio.ssl.SslConnection;

/**
 * Gives each connection an {@link ArrayTlsEngine}, with its first request. The server has no other
 * place for it: its buffers for records lie outside of the heap, and no setting says otherwise
 * (Undertow 2.3.26, {@code UndertowXnioSsl}).
 */
final class ArrayTlsHandler implements HttpHandler {

  private final HttpHandler next;

  ArrayTlsHandler(HttpHandler next) {
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (exchange.getConnection() instanceof AbstractServerConnection connection
        && connection.getChannel() instanceof SslConnection tls) {
      SslConduit conduit = UndertowXnioSsl.getSslConduit(tls);
      if (!(conduit.getSSLEngine() instanceof ArrayTlsEngine)) {
        conduit.setSslEngine(new ArrayTlsEngine(conduit.getSSLEngine()));
      }
    }
    next.handleRequest(exchange);
  }
}
