package org.hikae.problem.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.util.regex.Pattern;
import org.hikae.problem.boundary.PlainText;
import org.hikae.problem.boundary.Refusal;

/**
 * Refuses what no operation takes, before anybody asks who sends it: an address that says more than
 * its path and its query, control characters in it, and media types that are none. What single
 * parameters may be, their operations say.
 */
@Provider
@PreMatching
@Priority(1) // Before anything reads them.
public class RequestForm implements ContainerRequestFilter {

  /** Every address of restic's protocol, exactly as its specification writes it. */
  private static final Pattern RESTIC =
      Pattern.compile(
          "/restic/[^/]+(/|/config|/(data|keys|locks|snapshots|index)/([0-9a-f]{64})?)?");

  /** RFC 9110, section 12.4.2; Java itself leaves out the first digit. */
  private static final Pattern WEIGHT = Pattern.compile("[01]\\.?|[01]?\\.[0-9]{1,9}");

  private static final String RESTIC_PATHS = "/restic/";

  @Override
  public void filter(ContainerRequestContext request) {
    UriInfo uri = request.getUriInfo();
    String base = uri.getBaseUri().getRawPath();
    String path = uri.getRequestUri().getRawPath().substring(base.length() - 1);
    requirePath(path, request.getMethod());
    try {
      requirePlain(uri);
      // Whoever asks for these later would fail.
      request.getAcceptableMediaTypes().forEach(RequestForm::requireWeight);
      var _ = request.getMediaType();
    } catch (Refusal refusal) {
      throw refusal;
    } catch (RuntimeException e) {
      throw Refusal.malformed(
          "Accept must be a list of media types, Content-Type one, and the query encoded.");
    }
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

  /** Some weights are only read when an operation is looked for, where a wrong one is a failure. */
  static void requireWeight(MediaType accepted) {
    String weight = accepted.getParameters().get("q");
    if (weight != null && !WEIGHT.matcher(weight).matches()) {
      throw Refusal.malformed("A weight in Accept must be a number from 0 to 1.");
    }
  }

  private static void requirePlain(UriInfo uri) {
    MultivaluedMap<String, String> query = uri.getQueryParameters();
    boolean plain =
        PlainText.isLine(uri.getPath())
            && query.keySet().stream().allMatch(PlainText::isLine)
            && query.values().stream()
                .flatMap(values -> values.stream())
                .allMatch(PlainText::isLine);
    if (!plain) {
      throw Refusal.malformed("The address may have no control characters.");
    }
  }
}
