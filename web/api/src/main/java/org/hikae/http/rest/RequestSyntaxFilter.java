package org.hikae.http.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.util.regex.Pattern;
import org.hikae.problem.control.PlainTextCheck;
import org.hikae.problem.control.Refusal;

/**
 * Refuses what no operation takes, before anybody asks who sends it: an address that says more than
 * its path and its query, and control characters in it. What single parameters may be, their
 * operations say; headers that cannot be read are passed over by {@link AcceptHeaderFilter}.
 */
@Provider
@PreMatching
@Priority(1) // Before anything reads them.
public class RequestSyntaxFilter implements ContainerRequestFilter {

  /** Every address of restic's protocol, exactly as its specification writes it. */
  private static final Pattern RESTIC =
      Pattern.compile(
          "/restic/[^/]+(/|/config|/(data|keys|locks|snapshots|index)/([0-9a-f]{64})?)?");

  private static final String RESTIC_PATHS = "/restic/";

  @Override
  public void filter(ContainerRequestContext request) {
    UriInfo uri = request.getUriInfo();
    String base = uri.getBaseUri().getRawPath();
    String path = uri.getRequestUri().getRawPath().substring(base.length() - 1);
    requirePath(path, request.getMethod());
    requirePlain(uri);
  }

  /** What is no place is not found, whatever is asked of it. */
  static void requirePath(String path, String method) {
    boolean restic = path.startsWith(RESTIC_PATHS);
    if (path.indexOf(';') >= 0
        || (restic && !RESTIC.matcher(path).matches())
        || (restic && method.equals(HttpMethod.OPTIONS))) {
      throw Refusal.notFound();
    }
  }

  private static void requirePlain(UriInfo uri) {
    MultivaluedMap<String, String> query;
    try {
      query = uri.getQueryParameters();
    } catch (RuntimeException e) {
      // RESTEasy has several for what it cannot decode.
      throw Refusal.malformed("The query must be encoded.");
    }
    boolean plain =
        PlainTextCheck.isLine(uri.getPath())
            && query.keySet().stream().allMatch(PlainTextCheck::isLine)
            && query.values().stream()
                .flatMap(values -> values.stream())
                .allMatch(PlainTextCheck::isLine);
    if (!plain) {
      throw Refusal.malformed("The address may have no control characters.");
    }
  }
}
