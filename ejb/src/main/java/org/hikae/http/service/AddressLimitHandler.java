package org.hikae.http.service;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.RequestLimit;
import java.util.HashMap;
import java.util.Map;
import org.hikae.http.control.ClientNetwork;

/**
 * Bounds the requests that one address has in progress, from their headers to the end of their
 * answers, so that whoever drips, stalls or never reads keeps only so many of the server's threads.
 * More wait, without a thread, until one of the same address is done: many people may share one.
 * When too many wait, the next are told to come back.
 */
final class AddressLimitHandler implements HttpHandler {

  /** How many wait for each one that may be in progress. */
  static final int WAITING = 8;

  private final HttpHandler next;
  private final int most;
  private final HttpHandler busy;
  private final Map<ClientNetwork, Share> shares = new HashMap<>();

  /**
   * Stands before {@code next}.
   *
   * @param most requests of one address that are in progress
   * @param busy answers those for which there is no room to wait
   */
  AddressLimitHandler(HttpHandler next, int most, HttpHandler busy) {
    this.next = next;
    this.most = most;
    this.busy = busy;
  }

  /** What one address has; it is forgotten with its last request. */
  private static final class Share {

    private final RequestLimit limit;
    private int requests;

    Share(RequestLimit limit) {
      this.limit = limit;
    }
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    ClientNetwork network = ClientNetwork.of(exchange.getSourceAddress());
    Share share = enter(network);
    exchange.addExchangeCompleteListener(
        (_, others) -> {
          leave(network, share);
          others.proceed();
        });
    share.limit.handleRequest(exchange, next);
  }

  private synchronized Share enter(ClientNetwork network) {
    Share share =
        shares.computeIfAbsent(
            network,
            one -> {
              RequestLimit limit = new RequestLimit(most, WAITING * most);
              limit.setFailureHandler(busy);
              return new Share(limit);
            });
    share.requests++;
    return share;
  }

  private synchronized void leave(ClientNetwork network, Share share) {
    share.requests--;
    if (share.requests == 0) {
      shares.remove(network);
    }
  }
}
