package org.hikae.http.service;

import io.undertow.server.HandlerWrapper;
import io.undertow.server.HttpHandler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.hikae.http.control.ClientNetwork;
import org.hikae.http.control.MinimumBodyRate;
import org.hikae.runtime.service.Settings;

/**
 * What every request to an application passes before the container looks at it: TLS that works in
 * arrays, cookies that can be read, a minimum rate for bodies and answers, none where nobody signs
 * in, a share of connections and of requests for each address, and short bodies whole. Nothing of
 * it holds a thread.
 */
public final class RequestHandlerChain implements HandlerWrapper {

  /** When who was turned away should come back, in seconds. */
  public static final int RETRY_AFTER_SECONDS = 2;

  /** More than wait at API and pages together for each one in progress, so that all may wait. */
  static final int CONNECTIONS_PER_REQUEST = 16;

  private static final ConcurrentMap<ClientNetwork, Integer> CONNECTIONS =
      new ConcurrentHashMap<>();

  private final Map<String, Long> publicBodies;
  private final int connectionsPerAddress;
  private final int requestsPerAddress;
  private final HttpHandler tooLarge;
  private final HttpHandler busy;

  private RequestHandlerChain(
      Map<String, Long> publicBodies,
      int connectionsPerAddress,
      int requestsPerAddress,
      HttpHandler tooLarge,
      HttpHandler busy) {
    this.publicBodies = Map.copyOf(publicBodies);
    this.connectionsPerAddress = connectionsPerAddress;
    this.requestsPerAddress = requestsPerAddress;
    this.tooLarge = tooLarge;
    this.busy = busy;
  }

  /**
   * That of the API.
   *
   * @param publicBodies the addresses that need no sign-in, and those below them, each with the
   *     most bytes that it takes
   * @param tooLarge answers a body that is sent there all the same
   * @param busy answers who comes while too many of their address wait
   */
  public static RequestHandlerChain ofApi(
      Map<String, Long> publicBodies, HttpHandler tooLarge, HttpHandler busy) {
    int requests = new Settings().requestsPerAddress();
    return new RequestHandlerChain(
        publicBodies, CONNECTIONS_PER_REQUEST * requests, requests, tooLarge, busy);
  }

  /** That of the pages, which has half as many: a page takes a moment, a transfer minutes. */
  public static RequestHandlerChain ofPages(
      Map<String, Long> publicBodies, HttpHandler tooLarge, HttpHandler busy) {
    int requests = new Settings().requestsPerAddress();
    return new RequestHandlerChain(
        publicBodies, CONNECTIONS_PER_REQUEST * requests, (requests + 1) / 2, tooLarge, busy);
  }

  @Override
  public HttpHandler wrap(HttpHandler application) {
    HttpHandler whole = new BufferedBodyHandler(application);
    HttpHandler shared =
        requestsPerAddress == 0 ? whole : new AddressLimitHandler(whole, requestsPerAddress, busy);
    HttpHandler signedIn = new PublicBodyHandler(shared, publicBodies, tooLarge);
    HttpHandler withMinimumRate = withMinimumRate(signedIn, MinimumBodyRate.GRACE);
    HttpHandler limited =
        connectionsPerAddress == 0
            ? withMinimumRate
            : new ConnectionLimitHandler(withMinimumRate, connectionsPerAddress, busy, CONNECTIONS);
    return new ArrayTlsHandler(new ReadableCookieHandler(limited));
  }

  /** What bounds how slowly anything comes or is read, with a time in which nobody counts. */
  static HttpHandler withMinimumRate(HttpHandler next, Duration grace) {
    return new MinimumResponseRateHandler(new MinimumRateHandler(next, grace), grace);
  }
}
