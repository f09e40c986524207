package org.hikae.http.faces;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.hikae.problem.wire.ProblemCode;

/**
 * Addresses of pages have no parameters within their path. The server leaves out what stands behind
 * a semicolon when it looks for the page and for who may see it; whatever stands before the portal
 * may read the same address in another way. No page and no link here has any.
 */
@WebFilter("/*")
public class PathParameterFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getRequestURI().indexOf(';') >= 0) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND, ProblemCode.NOT_FOUND.code());
    } else {
      chain.doFilter(request, response);
    }
  }
}
