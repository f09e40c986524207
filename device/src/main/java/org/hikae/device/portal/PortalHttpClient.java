package org.hikae.device.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.URI;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentJson;
import org.hikae.device.PortalJson;
import org.hikae.device.RequiredFields;
import org.hikae.device.http.HttpCall;
import org.hikae.device.http.HttpReply;
import org.hikae.device.http.HttpTransport;
import org.hikae.problem.wire.Problem;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Calls below the portal's {@code /api}: language, bearer token, problem JSON. One refused token is
 * renewed once. A portal that starts or ends answers 404 or 503 that are no problem JSON; it is
 * asked again, as one that does not answer is.
 */
public final class PortalHttpClient {

  private static final String JSON = "application/json";
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;

  private final HttpTransport transport;
  private final URI server;
  private final String language;

  /**
   * Speaks with the portal at {@code server}; {@code language} is for sentences that the portal
   * writes.
   */
  public PortalHttpClient(HttpTransport transport, URI server, String language) {
    this.transport = transport;
    this.server = server;
    this.language = language;
  }

  /** The portal's name, for messages. */
  public String host() {
    return server.getHost();
  }

  /** A call below {@code /api}. */
  public HttpCall call(String method, String path) {
    return HttpCall.of(method, URI.create(server + "/api" + path))
        .withHeader("Accept", JSON + ", " + Problem.MEDIA_TYPE)
        .withHeader("Accept-Language", language);
  }

  /** A call with a JSON body. */
  public HttpCall call(String method, String path, Object body) {
    try {
      return call(method, path).withBody(JSON, AgentJson.mapper().writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("wire records are always writable as JSON", e);
    }
  }

  /** Sends without a token; a refusal is an exception. */
  public HttpReply open(HttpCall call) throws AgentException {
    return granted(send(call));
  }

  /** Sends with a token; a refusal is an exception. */
  public HttpReply authorised(HttpCall call, PortalTokenSource portalTokenSource)
      throws AgentException {
    if (!portalTokenSource.isAtHand()) {
      transport.prepare(call.uri());
    }
    String token = portalTokenSource.token();
    HttpReply httpReply = send(call.withHeader("Authorization", "Bearer " + token));
    if (httpReply.status() == UNAUTHORIZED && mayBeTheToken(httpReply)) {
      String other = portalTokenSource.renewed(token);
      httpReply = send(call.withHeader("Authorization", "Bearer " + other));
    }
    return granted(httpReply);
  }

  /** Reads a JSON body; what is no such record is an answer the agent does not believe. */
  public <T> T read(HttpReply httpReply, Class<T> type) throws AgentException {
    try {
      T value = PortalJson.mapper().readValue(httpReply.body(), type);
      if (!RequiredFields.complete(value)) {
        throw new AgentException(RunResult.NETWORK, "network.not-the-portal", host());
      }
      return value;
    } catch (IOException e) {
      throw new AgentException(RunResult.NETWORK, e, "network.not-the-portal", host());
    }
  }

  private HttpReply send(HttpCall call) throws AgentException {
    return transport.send(call, PortalHttpClient::isOfNoPortal);
  }

  /** The server is there and the portal in it is not: the portal says everything as a problem. */
  private static boolean isOfNoPortal(HttpReply httpReply) {
    return httpReply.status() == NOT_FOUND && !isProblem(httpReply);
  }

  /** A device session or a recent sign-in that is missing comes back with no other token. */
  private static boolean mayBeTheToken(HttpReply httpReply) {
    PortalRefusalException refusal = refusal(httpReply);
    return !refusal.is(ProblemCode.DEVICE_SESSION_REQUIRED)
        && !refusal.is(ProblemCode.REAUTHENTICATE);
  }

  private static HttpReply granted(HttpReply httpReply) throws PortalRefusalException {
    if (!httpReply.granted()) {
      throw refusal(httpReply);
    }
    return httpReply;
  }

  private static PortalRefusalException refusal(HttpReply httpReply) {
    return PortalRefusalException.of(httpReply.status(), problem(httpReply));
  }

  private static @Nullable Problem problem(HttpReply httpReply) {
    if (!isProblem(httpReply)) {
      return null;
    }
    try {
      return AgentJson.mapper().readValue(httpReply.body(), Problem.class);
    } catch (IOException e) {
      return null;
    }
  }

  private static boolean isProblem(HttpReply httpReply) {
    return httpReply.header("Content-Type").startsWith(Problem.MEDIA_TYPE);
  }
}
