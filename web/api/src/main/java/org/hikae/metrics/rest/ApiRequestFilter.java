package org.hikae.metrics.rest;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.hikae.http.rest.RequestIdAttribute;
import org.hikae.metrics.service.RequestMeter;
import org.hikae.problem.service.RequestIds;

/**
 * Gives each request its id and counts it, before anything else looks at it. What the container
 * refuses by itself comes by as the error page only, which is counted in its place.
 */
public class ApiRequestFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final String COUNTED = ApiRequestFilter.class.getName();

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
    UUID id = ids.of(request.getHeader(RequestIds.HEADER));
    RequestIdAttribute.keep(request, id);
    response.setHeader(RequestIds.HEADER, id.toString());
    long began = System.nanoTime();
    ids.enter(id);
    try {
      chain.doFilter(request, response);
    } finally {
      ids.leave();
      meter.answered(
          request.getMethod(), RouteFilter.of(request), status(request, response), since(began));
    }
  }

  private static int status(HttpServletRequest request, HttpServletResponse response) {
    return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer refused
        ? refused
        : response.getStatus();
  }

  private static long since(long began) {
    return System.nanoTime() - began;
  }
}
