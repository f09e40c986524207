package org.hikae.http.service;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.util.AttachmentKey;
import java.util.concurrent.ConcurrentMap;
import org.hikae.http.control.ClientNetwork;

/**
 * Bounds the connections that one address keeps open, at work or idle, so that it cannot take all
 * that the server accepts. A connection counts from its first request until it ends; one on which
 * no request comes ends by itself (request-parse-timeout). Who has too many is told to come back,
 * and the connection that is too many ends.
 */
final class ConnectionLimitHandler implements HttpHandler {

  private static final AttachmentKey<Boolean> COUNTED = AttachmentKey.create(Boolean.class);

  private final HttpHandler next;
  private final int most;
  private final HttpHandler busy;
  private final ConcurrentMap<ClientNetwork, Integer> open;

  /**
   * Stands before {@code next}.
   *
   * @param most connections of one address
   * @param busy answers on those that are too many
   * @param open how many each address has; shared by all applications of a server, because a
   *     connection belongs to none of them
   */
  ConnectionLimitHandler(
      HttpHandler next, int most, HttpHandler busy, ConcurrentMap<ClientNetwork, Integer> open) {
    this.next = next;
    this.most = most;
    this.busy = busy;
    this.open = open;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (counted(exchange)) {
      next.handleRequest(exchange);
    } else {
      exchange.setPersistent(false);
      busy.handleRequest(exchange);
    }
  }

  private boolean counted(HttpServerExchange exchange) {
    ServerConnection connection = exchange.getConnection();
    if (connection.getAttachment(COUNTED) != null) {
      return true;
    }
    ClientNetwork network = ClientNetwork.of(exchange.getSourceAddress());
    if (open.merge(network, 1, Integer::sum) > most) {
      leave(network);
      return false;
    }
    connection.putAttachment(COUNTED, true);
    connection.addCloseListener(_ -> leave(network));
    return true;
  }

  private void leave(ClientNetwork network) {
    open.computeIfPresent(network, (_, count) -> count == 1 ? null : count - 1);
  }
}
