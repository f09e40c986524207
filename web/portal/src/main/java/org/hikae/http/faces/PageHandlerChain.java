package org.hikae.http.faces;

import io.undertow.server.HttpHandler;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import jakarta.servlet.ServletContext;
import java.util.Map;
import org.hikae.http.service.RequestHandlerChain;

/** What requests to the pages pass before anything else sees them. */
public final class PageHandlerChain implements ServletExtension {

  /** Of what Keycloak sends when a session has ended: one token, as the page itself takes it. */
  private static final long TOKEN_BYTES = 16 * 1024;

  /** What web.xml leaves open, and the pages that tell of errors. */
  private static final Map<String, Long> PUBLIC =
      Map.of(
          "/signed-out", 0L,
          "/signed-out.xhtml", 0L,
          "/jakarta.faces.resource", 0L,
          "/error", 0L,
          "/sign-out/keycloak", TOKEN_BYTES);

  /** Sent at once; who only names a status waits with it for the rest of the body. */
  private static final String TOO_LARGE =
      "No body of this size is taken here. Send the request without one.\n";

  @Override
  public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
    HttpHandler tooLarge =
        exchange -> {
          exchange.setStatusCode(StatusCodes.REQUEST_ENTITY_TOO_LARGE);
          exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
          exchange.getResponseSender().send(TOO_LARGE);
        };
    // Without a body of its own it is answered by the page that says that nobody is there.
    HttpHandler busy =
        exchange -> {
          exchange
              .getResponseHeaders()
              .put(Headers.RETRY_AFTER, RequestHandlerChain.RETRY_AFTER_SECONDS);
          exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE);
        };
    deployment.addInitialHandlerChainWrapper(RequestHandlerChain.ofPages(PUBLIC, tooLarge, busy));
  }
}
