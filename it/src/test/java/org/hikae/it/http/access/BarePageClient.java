package org.hikae.it.http.access;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.hikae.it.stack.Stack;

/** The pages as they answer any headers. Nothing is kept, and no redirect followed. */
final class BarePageClient {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final HttpClient http;
  private final URI portal;

  BarePageClient(Stack stack) {
    this.http = stack.httpClient();
    this.portal = stack.portalUrl();
  }

  /** Asks for a page as a browser does. */
  HttpResponse<String> open(String address, Map<String, String> headers)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(portal.resolve(address)).GET(), headers);
  }

  /** Sends a form as a page's scripts do. */
  HttpResponse<String> act(String address, Map<String, String> headers)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(portal.resolve(address))
            .header("Faces-Request", "partial/ajax")
            .header("X-Requested-With", "XMLHttpRequest")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("jakarta.faces.partial.ajax=true")),
        headers);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, Map<String, String> headers)
      throws IOException, InterruptedException {
    request.timeout(LIMIT).header("Accept", "text/html");
    headers.forEach(request::header);
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
