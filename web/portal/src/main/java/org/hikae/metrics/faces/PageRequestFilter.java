package org.hikae.metrics.faces;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.MalformedURLException;
import java.util.UUID;
import org.hikae.metrics.service.RequestMeter;
import org.hikae.problem.service.RequestIds;

/**
 * Gives each request for a page its id and counts it. What the container refuses by itself comes by
 * as the error page only, which is counted in its place.
 */
public class PageRequestFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final String COUNTED = PageRequestFilter.class.getName();
  private static final String RESOURCES = "/jakarta.faces.resource";
  private static final String VIEW = ".xhtml";

  @Inject private transient RequestIds ids;
  @Inject private transient RequestMeter meter;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getAttribute(COUNTED) != null) {
      chain.doFilter(request, response);
      return;
    }
    request.setAttribute(COUNTED, true);
    // Read now: the error page has a path of its own.
    String route = route(request);
    UUID id = ids.of(request.getHeader(RequestIds.HEADER));
    response.setHeader(RequestIds.HEADER, id.toString());
    long began = System.nanoTime();
    ids.enter(id);
    try {
      chain.doFilter(request, response);
    } finally {
      ids.leave();
      long took = System.nanoTime() - began;
      meter.answered(request.getMethod(), route, status(request, response), took);
    }
  }

  private static int status(HttpServletRequest request, HttpServletResponse response) {
    return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer refused
        ? refused
        : response.getStatus();
  }

  /** The page; all files that belong to pages are one. */
  private static String route(HttpServletRequest request) throws MalformedURLException {
    String path = request.getServletPath();
    if (path.startsWith(RESOURCES)) {
      return RESOURCES;
    }
    if (path.isEmpty()) {
      return RequestMeter.UNMATCHED;
    }
    String page = path.endsWith(VIEW) ? path.substring(0, path.length() - VIEW.length()) : path;
    return request.getServletContext().getResource(page + VIEW) == null
        ? RequestMeter.UNMATCHED
        : page;
  }
}
